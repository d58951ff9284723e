import type { AlertContent } from '../../domain/alert/alert.js';
import { LabelSet, type NameValue } from '../../domain/alert/label-set.js';
import type { GroupKey } from '../../domain/route/group-key.js';
import type { Instant } from '../../domain/time/instant.js';
import type { LocalTime } from './local-time.js';
import type { Messages } from './messages.js';

/** How tickets are worded: the same for all of a process. */
export interface TextSettings {
  readonly words: Messages;
  /** Labels that follow the name; where an alert has none of them, those outside `groupBy` follow. */
  readonly subjectLabels: readonly string[];
  readonly groupBy: readonly string[];
  readonly time: LocalTime;
}

/** `HostMemoryUsageHigh-Usage90% instance:A (6/16 11:46)`, without the tag of a subject. */
export function alertTitle(
  alert: { readonly labels: readonly NameValue[]; readonly startsAt: Instant },
  settings: TextSettings,
): string {
  const labels = LabelSet.of(alert.labels);
  const chosen = settings.subjectLabels.flatMap((name): readonly NameValue[] => {
    const value = labels.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const rest = labels.without(['alertname', ...settings.groupBy]).entries();
  const words = [alertName(labels), ...(chosen.length > 0 ? chosen : rest).map(asWord)];
  return `${words.join(' ')} (${settings.time.short(alert.startsAt)})`;
}

/** The title of a root that is nobody's alert: what its members have in common. */
export function groupTitle(key: GroupKey, startsAt: Instant, settings: TextSettings): string {
  const labels = LabelSet.of(key.values);
  const words = [alertName(labels), ...labels.without(['alertname']).entries().map(asWord)];
  return `${words.join(' ')} (${settings.time.short(startsAt)})`;
}

function alertName(labels: LabelSet): string {
  return labels.get('alertname') ?? 'unnamed';
}

function asWord([name, value]: NameValue): string {
  return `${name}:${value}`;
}

export function subject(title: string): string {
  return `[Alert] ${title}`;
}

/** An annotation by name, or null. */
export function annotation(content: AlertContent, name: string): string | null {
  return content.annotations.find(([candidate]) => candidate === name)?.[1] ?? null;
}
