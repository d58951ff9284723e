import type { Language } from '../../../application/ticket-text/messages.js';

export type NoticeKind =
  'embedded' | 'unanswered' | 'adopting' | 'unreachable' | 'parked' | 'not-as-configured';

/** Something about all tickets that whoever looks must know. */
export interface Notice {
  readonly kind: NoticeKind;
  /** The backend's own words, in English: what is wrong and what to do; empty when our own say it all. */
  readonly said: string;
}

export interface NoticeWords {
  readonly title: string;
  /** What it means; stands behind what was said. */
  readonly text: string;
}

/** What is told with a notice. */
export const NOTICE_WORDS: Readonly<Record<Language, Readonly<Record<NoticeKind, NoticeWords>>>> = {
  en: {
    embedded: {
      title: 'Embedded tracker in use.',
      text: 'No REDMINE_URL is set: tickets are kept in the embedded tracker, for trials. Nobody is told of them but this page.',
    },
    unanswered: {
      title: 'Tickets wait.',
      text: 'The ticket backend has not answered yet. Alerts are accepted.',
    },
    adopting: {
      title: 'Tickets wait.',
      text: 'The store does not know this ticket backend: the tickets that are open there are taken in first. Alerts are accepted.',
    },
    unreachable: { title: 'Tickets wait.', text: 'Alerts are accepted; it is tried again.' },
    parked: { title: 'Tickets wait for somebody to act.', text: '' },
    'not-as-configured': { title: 'Not as configured.', text: 'Tickets are delivered all the same.' },
  },
  ja: {
    embedded: {
      title: '内蔵トラッカーを使用中です。',
      text: 'REDMINE_URLが未設定のため、チケットは試用向けの内蔵トラッカーに保存されます。このページ以外には通知されません。',
    },
    unanswered: {
      title: '起票を保留しています。',
      text: 'チケット管理システムからまだ応答がありません。アラートは受け付けています。',
    },
    adopting: {
      title: '起票を保留しています。',
      text: 'データベースにない未完了チケットを、チケット管理システムから引き継いでいます。アラートは受け付けています。',
    },
    unreachable: {
      title: '起票を保留しています。',
      text: 'アラートは受け付けています。自動で再試行します。',
    },
    parked: { title: '起票を保留しています。対応が必要です。', text: 'アラートは受け付けています。' },
    'not-as-configured': {
      title: '設定どおりに動作していない箇所があります。',
      text: '起票は続けています。',
    },
  },
};
