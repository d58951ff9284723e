/**
 * Text for people as a structure, so that each backend can write it in its own markup and make what came with an alert
 * harmless there. Every string in it is data, never markup.
 */
export type TicketText = readonly TextBlock[];

export type TextBlock =
  | { readonly kind: 'paragraph'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'fields'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A line that a program reads back; written as it is, from a fixed alphabet (letters, digits, blank, `-`). */
  | { readonly kind: 'marker'; readonly text: string };

export type TextPart =
  | string
  | { readonly ticket: string } // id of another ticket of the same backend
  | { readonly url: string; readonly label: string }; // http or https only

export function paragraph(...parts: readonly TextPart[]): TextBlock {
  return { kind: 'paragraph', parts };
}
