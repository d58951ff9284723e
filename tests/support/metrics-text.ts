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
