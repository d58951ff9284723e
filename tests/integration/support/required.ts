/** The value of a variable; fails, naming it, when it is not set. */
export function required(variables: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = variables[name] ?? '';
  if (value === '') throw new Error(`${name} must be set`);
  return value;
}
