import type { Messages } from './messages.js';

export const japanese: Messages = {
  commonRoot: '同じグループのアラートの共通の親チケットです。個々のアラートは子チケットになります。',
  perhapsLate:
    '遅れて届いた通知の可能性があります（このアラートは、発生時刻より後に解消したと通知されています）。',
  treeBefore: '前回のチケット: ',
  foldedSoFar: (count) => `個別のチケットを作成していない同グループのアラート: ${count}件`,
  field: {
    severity: '重要度',
    firingSince: '発生日時',
    source: '送信元',
    ended: '解消日時',
    lasted: '継続時間',
    fired: '発生回数',
    endedTogether: '同時解消',
  },
  link: { graph: 'グラフ', alertmanager: 'Alertmanager', runbook: '対応手順' },
  times: (count) => `${count}回`,
  manyAtOnce: (count) => `${count}件が同時に解消しました。Prometheusとの通信が切れていた可能性があります。`,
  resolved: 'アラートが解消しました。',
  groupResolved: 'このグループのアラートはすべて解消しました。',
  tree: (members, folded) =>
    `このツリーのアラート: ${members}件${folded === 0 ? '' : `（うち個別のチケットなし: ${folded}件）`}`,
  rootOver: (othersFiring) =>
    `このアラートは解消しましたが、同じグループのほかのアラートが${othersFiring}件発生中です。`,
  reopenedFor: (title, more) =>
    `再発のためチケットを再開しました: ${title}${more === 0 ? '' : `（ほか${more}件）`}`,
  firedAgain: (count, last) => `${count}回再発しました（最新: ${last}）。`,
  flapping: '1時間に3回解消と再発を繰り返しています。30分間再発しなければ解消とみなします。',
  endNoted: 'アラートは解消しました。チケットは担当者が完了してください。',
  settled: 'アラートは発生中ですが、担当者がチケットを完了したため、Alertreeは変更しません。',
  groupEnded:
    '担当者がこのグループを終了したため完了しました。発生中のアラートはここには再度通知されません。',
  endedWithoutTicket: (count) =>
    `チケットを作成する前に、または個別のチケットなしで解消したアラート: ${count}件`,
  cameLate: 'チケットの作成が遅れ、アラートはすでに解消しているか、別のチケットがあるため完了しました。',
  superfluous: 'このアラートには別の未完了チケットがあるため完了しました。',
  endedAt: (title, time) => `${title}（解消: ${time}）`,
  andMore: (count) => `…ほか${count}件`,
  units: ['日', '時間', '分', '秒'],
};
