/** JSON as it is written: with names that stand twice, and with what no parser takes. */
export type JsonTree =
  | { readonly kind: 'object'; readonly entries: { name: string; value: JsonTree }[] }
  | { readonly kind: 'list'; readonly items: JsonTree[] }
  /** Written as it is. */
  | { readonly kind: 'raw'; readonly text: string };

/** A place in a tree where something stands. */
export interface Slot {
  readonly value: JsonTree;
  put(value: JsonTree): void;
  remove(): void;
  repeat(): void;
  /** Gives an entry of an object another name; does nothing in a list. */
  rename(name: string): void;
}

/** Names are kept as JSON text, quotes included, so that one name can be written in two ways. */
export function treeOf(value: unknown): JsonTree {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(treeOf) };
  if (typeof value !== 'object' || value === null) return { kind: 'raw', text: JSON.stringify(value) };
  const entries = Object.entries(value).map(([name, inner]) => ({
    name: JSON.stringify(name),
    value: treeOf(inner),
  }));
  return { kind: 'object', entries };
}

export function written(tree: JsonTree): string {
  if (tree.kind === 'raw') return tree.text;
  if (tree.kind === 'list') return `[${tree.items.map(written).join(',')}]`;
  return `{${tree.entries.map(({ name, value }) => `${name}: ${written(value)}`).join(', ')}}`;
}

/** Every place below the root. */
export function slotsOf(tree: JsonTree): readonly Slot[] {
  if (tree.kind === 'raw') return [];
  if (tree.kind === 'list')
    return tree.items.flatMap((item, index) => [slotInList(tree.items, index), ...slotsOf(item)]);
  return tree.entries.flatMap((entry, index) => [slotInObject(tree.entries, index), ...slotsOf(entry.value)]);
}

function slotInList(items: JsonTree[], index: number): Slot {
  const value = items[index] ?? { kind: 'raw', text: 'null' };
  return {
    value,
    put: (other) => void items.splice(index, 1, other),
    remove: () => void items.splice(index, 1),
    repeat: () => void items.splice(index, 0, value),
    rename: () => undefined,
  };
}

function slotInObject(entries: { name: string; value: JsonTree }[], index: number): Slot {
  const entry = entries[index] ?? { name: '""', value: { kind: 'raw', text: 'null' } };
  return {
    value: entry.value,
    put: (value) => void entries.splice(index, 1, { ...entry, value }),
    remove: () => void entries.splice(index, 1),
    repeat: () => void entries.push({ ...entry }),
    rename: (name) => void entries.splice(index, 1, { ...entry, name }),
  };
}
