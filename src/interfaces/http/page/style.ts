/** The style of the page, served as a file of its own so that no inline style is needed. Contrast is AA or better. */
export const STYLE = `:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f5f6f8; --line: #c9ced6; --text: #1b1f24; --soft: #4d5661; --link: #0b57a4;
  --bad: #a11212; --warn: #7a4a00; --good: #1a5e2a; --notice: #fff1cc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --raised: #1d2126; --line: #424a54; --text: #e8ebef; --soft: #b0b8c2; --link: #8cc4ff;
    --bad: #ff9d96; --warn: #ffc46b; --good: #8fdb9c; --notice: #40330a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 64rem; padding: 0.75rem 1rem 3rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 1.5rem 0 0.75rem; font-size: 1.1rem; }
h3 { margin: 0; font-size: 1.1rem; }
p { margin: 0.15rem 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header p, .facts { color: var(--soft); font-size: 0.9rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; margin: 0.5rem 0 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.3rem 0.7rem; border: 1px solid var(--line); border-radius: 0.4rem; }
form { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.5rem; margin-top: 0.75rem; }
form label { flex-basis: 100%; font-weight: 600; }
form input { flex: 1 1 12rem; min-width: 0; max-width: 26rem; }
form input, form button {
  padding: 0.3rem 0.7rem; border: 1px solid var(--soft); border-radius: 0.4rem;
  background: var(--ground); color: var(--text); font: inherit;
}
form button { background: var(--raised); cursor: pointer; }
form p { flex-basis: 100%; }
nav a[aria-current] { background: var(--text); color: var(--ground); font-weight: 600; text-decoration: none; }
.pages { display: flex; flex-wrap: wrap; align-items: center; gap: 1rem; margin-top: 1.5rem; }
.notice {
  margin: 1rem 0 0; padding: 0.75rem 1rem; background: var(--notice);
  border: 2px solid var(--warn); border-radius: 0.4rem;
}
.group {
  margin: 0 0 1rem; padding: 0.75rem 1rem; background: var(--raised);
  border: 1px solid var(--line); border-left: 0.35rem solid var(--good); border-radius: 0.4rem;
}
.group.bad { border-left-color: var(--bad); }
.group.warn { border-left-color: var(--warn); }
.marks { margin: 0.25rem 0; }
.glance { font-weight: 600; }
.summary { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.heard { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
[hidden] { display: none; }
.badge {
  display: inline-block; margin: 0 0.1rem 0.1rem 0; padding: 0 0.45rem;
  border: 1px solid currentcolor; border-radius: 0.8rem; font-size: 0.8rem; color: var(--soft);
}
.badge.bad { color: var(--bad); font-weight: 600; }
.badge.warn { color: var(--warn); font-weight: 600; }
.badge.good { color: var(--good); }
.remark { margin: 0.25rem 0; padding-left: 0.6rem; border-left: 3px solid var(--warn); }
.tree, .tree ul { margin: 0.5rem 0 0; padding: 0; list-style: none; }
.tree ul { margin-left: 0.4rem; border-left: 2px solid var(--line); }
.tree ul > li { position: relative; padding: 0.25rem 0 0.25rem 1.2rem; }
.tree ul > li::before {
  content: ""; position: absolute; left: 0; top: 1rem; width: 0.9rem; border-top: 2px solid var(--line);
}
details { margin: 0.25rem 0; }
summary { padding: 0.2rem 0; color: var(--link); font-size: 0.9rem; cursor: pointer; }
details ul, details ol { margin: 0.25rem 0; padding-left: 1.4rem; font-size: 0.9rem; }
dl { margin: 0.25rem 0; font-size: 0.9rem; }
dl div { display: grid; grid-template-columns: minmax(6rem, 12rem) 1fr; gap: 0 0.75rem; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; white-space: pre-wrap; }
blockquote { margin: 0.15rem 0 0.4rem; padding-left: 0.6rem; border-left: 3px solid var(--line); white-space: pre-wrap; }
@media (max-width: 36rem) {
  body { padding: 0.5rem 0.5rem 2rem; }
  .group { padding: 0.6rem; }
  dl div { grid-template-columns: 1fr; }
}
`;
