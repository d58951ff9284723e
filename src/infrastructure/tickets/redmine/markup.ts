/** How a formatter of Redmine writes things. Texts are given as data on one line; what comes back is markup. */
export interface Markup {
  /** Data within a line. */
  text(data: string): string;
  /** A line of its own, whose beginning is not to be taken for that of a block. */
  line(markup: string): string;
  link(url: string, label: string): string;
  table(rows: readonly (readonly [name: string, value: string])[]): string;
  item(data: string): string;
}

/** Breaks up what would be taken for syntax, and is not seen: a blank of no width. */
export const UNSEEN = '\u200B';

/** Words that Redmine makes a link of when a colon and something follow. */
export const LINK_WORDS = 'attachment|document|version|forum|news|message|project|commit|source|export|user';

/** What is followed by a colon in an address that formatters make a link of by themselves. */
export const LINK_SCHEMES = 'https?|ftp|mailto|xmpp';
