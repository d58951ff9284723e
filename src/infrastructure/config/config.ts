import type { RouteSettings } from '../../domain/route/route-settings.js';
import type { TicketBackendChoice } from '../tickets/index.js';

/** Everything that can be set from outside, checked and with its defaults filled in. */
export interface Config {
  /** Where the embedded store lives. */
  readonly dataDir: string;
  readonly listen: ListenSetting;
  /** IANA name of the zone of the times that people read. */
  readonly timeZone: string;
  /** Of the words in tickets and notes. */
  readonly language: 'en' | 'ja';
  /** Labels that follow the alert's name in the subject of a ticket. */
  readonly subjectLabels: readonly string[];
  /** One of these opens the webhook, the page and the API; none: there is no authentication. */
  readonly webhookTokens: readonly string[];
  /** Keys and tokens among the settings, which no log may show. */
  readonly secrets: readonly string[];
  /** Whether, without a token, the page and the API answer other machines too. */
  readonly openRead: boolean;
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  readonly logFormat: 'logfmt' | 'json';
  /** How long what is over is kept. */
  readonly retentionMs: number;
  readonly route: RouteSettings;
  /** Where tickets are kept: in the embedded tracker, unless a variable chooses another place. */
  readonly ticketBackend: TicketBackendChoice;
  /** What works, and had better be written otherwise. */
  readonly warnings: readonly string[];
}

export interface ListenSetting {
  /** null: every address of the machine. */
  readonly host: string | null;
  readonly port: number;
}
