import { html, type Html } from './html.js';

/** How a mark looks: `bad` wants attention now, `warn` wants a look, `good` is done. The words say the same. */
export type Tone = 'bad' | 'warn' | 'good' | 'plain';

/** A short word in a coloured frame. */
export function badge(text: string, tone: Tone): Html {
  return html`<span class="badge ${tone}">${text}</span> `;
}

/** A sentence of Alertree's own about what stands near it. */
export function remark(sentence: Html | string): Html {
  return html`<p class="remark">${sentence}</p>`;
}

/** Words of a ticket backend, or of ours about it, that there are in English only. */
export function inEnglish(text: string): Html {
  return html`<bdi lang="en">${text}</bdi>`;
}

/** A link to somewhere else, and nothing unless it is a web address: `javascript:` and its kind stay out. */
export function linkTo(address: string | null, text: Html | string): Html | null {
  const url = address === null ? null : URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  return html`<a href="${url.href}" rel="noreferrer noopener">${text}</a>`;
}
