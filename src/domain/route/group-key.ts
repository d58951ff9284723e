import type { LabelSet, NameValue } from '../alert/label-set.js';
import type { RouteSettings } from './route-settings.js';

/** What makes alerts belong together: the source, the route and the values of its `group_by` labels. */
export interface GroupKey {
  readonly source: string;
  readonly route: string;
  readonly values: readonly NameValue[];
}

/** The group key of an alert; a label it does not have counts as empty. */
export function groupKeyOf(source: string, labels: LabelSet, route: RouteSettings): GroupKey {
  const values: readonly NameValue[] = route.groupBy.includes('...')
    ? labels.entries()
    : route.groupBy.toSorted().map((name) => [name, labels.get(name) ?? '']);
  return { source, route: route.name, values };
}

/** Canonical text: equal for equal keys only. */
export function groupKeyText(key: GroupKey): string {
  return JSON.stringify([key.source, key.route, ...key.values]);
}
