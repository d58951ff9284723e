/** Groups of alerts: one `alertname` for each, one `instance` for each of its tickets. */
export interface AlertGroups {
  readonly name: string;
  readonly groups: number;
  readonly ticketsEach: number;
}

/** A notification of all of them. */
export function bodyOf({ name, groups, ticketsEach }: AlertGroups, status: 'firing' | 'resolved'): string {
  const startsAt = '2026-06-16T02:46:00.123456789Z';
  const endsAt = status === 'resolved' ? '2026-06-16T03:46:00Z' : '0001-01-01T00:00:00Z';
  const alerts = Array.from({ length: groups * ticketsEach }, (_, n) => ({
    status,
    labels: {
      alertname: `${name}${Math.floor(n / ticketsEach)}`,
      instance: `host${n % ticketsEach}:9100`,
      job: 'node',
      severity: 'warning',
    },
    annotations: { summary: `host${n} cannot be reached`, description: 'No answer for five minutes.' },
    startsAt,
    endsAt,
    generatorURL: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
  }));
  return JSON.stringify({ version: '4', receiver: 'bench', status, alerts });
}
