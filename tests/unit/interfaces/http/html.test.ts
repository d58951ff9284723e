import { html, type Html } from '../../../../src/interfaces/http/page/html.js';

const bold = (text: string): Html => html`<b>${text}</b>`;

describe('the html template', () => {
  test('makes every text harmless, in elements and in attributes', () => {
    const hostile = `</p><script>alert("x")</script><img src=x onerror='alert(1)'>&amp;`;

    const markup = html`<p title="${hostile}">${hostile}</p>`.toString();

    const escaped =
      '&lt;/p&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;' +
      '&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;amp;';
    expect(markup).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  test('takes markup as it is, joins lists and leaves out null', () => {
    expect(html`${['<', 'b'].map(bold)}${null}${3}`.toString()).toBe('<b>&lt;</b><b>b</b>3');
  });

  test('refuses an object that only looks like markup', () => {
    const forged: string = JSON.parse('{"toString": "<script>"}');

    expect(() => html`${forged}`.toString()).toThrow(TypeError);
  });

  test('shows control characters and broken surrogates as unreadable, and keeps tabs and line ends', () => {
    expect(html`${'a\u0000b\u001bc\u0085d\ud800e\tf\r\ng\rh\ni'}`.toString()).toBe(
      'a\ufffdb\ufffdc\ufffdd\ufffde\tf\ng\nh\ni',
    );
  });
});
