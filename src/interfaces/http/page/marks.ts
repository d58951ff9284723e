import { html, type Html } from './html.js';

/** How a mark looks: `bad` wants attention now, `warn` wants a look, `good` is done. The words say the same. */
export type Tone = 'bad' | 'warn' | 'good' | 'plain';

/** A short word in a coloured frame. */
export function badge(text: string, tone: Tone): Html {
  return html`<span class="badge ${tone}">${text}</span> `;
}

/** A sentence of Alertree's own about what stands above it. */
export function remark(text: string): Html {
  return html`<p class="remark"><bdi>${text}</bdi></p>`;
}
