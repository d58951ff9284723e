/** The value of every series in a text of Prometheus' format, by the series as it is written there. */
export function seriesOf(text: string): Readonly<Record<string, number>> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** The series that are not 0, without those that tell how long something took. */
export function counted(text: string): Readonly<Record<string, number>> {
  const told = Object.entries(seriesOf(text)).filter(
    ([name, value]) => value !== 0 && name.startsWith('alertree_') && !/_(bucket|sum)\{/.test(name),
  );
  return Object.fromEntries(told);
}

/** The names of Alertree's own series but those of HTTP, which come with the first request of their kind. */
export function ownSeries(text: string): readonly string[] {
  const names = Object.keys(seriesOf(text));
  return names.filter((name) => name.startsWith('alertree_') && !name.startsWith('alertree_http_'));
}
