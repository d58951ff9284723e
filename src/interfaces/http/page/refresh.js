/**
 * Keeps the page up to date while somebody looks at it. The server renders; this takes over what differs, so that what
 * the reader has opened, selected or focused stays. Without it the page works all the same and shows one moment.
 */

const EVERY_MS = 5_000;
/** A server that is away is asked less and less often, down to this. */
const LONGEST_MS = 60_000;
const PATIENCE_MS = 10_000;
const MOST_NEWS = 5;

const live = document.getElementById('live');
const asOf = document.getElementById('as-of');
const news = document.getElementById('news');
const stale = document.getElementById('stale');
const stopped = document.getElementById('stopped');

/** Of what is shown; the server knows it as `ETag`. */
let tag = '';
let failures = 0;
let busy = false;
let timer = 0;

/** Asks for the page as it is now; nothing is transferred when it is the one that is shown. */
async function refresh() {
  const response = await fetch(location.pathname + location.search, {
    headers: { 'If-None-Match': tag },
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (response.status >= 400 && response.status < 500) return false;
  if (response.status === 200) await show(response);
  else if (response.status !== 304) throw new Error(`answered ${response.status}`);
  asOf.textContent = response.headers.get('Alertree-As-Of');
  return true;
}

async function show(response) {
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('live');
  if (fresh === null || !response.headers.has('Alertree-As-Of')) throw new Error('this is another page');
  const changes = changedGroups(fresh);
  become(live, fresh);
  tag = response.headers.get('ETag') ?? '';
  if (changes.length > 0) news.textContent = changes.slice(0, MOST_NEWS).join('. ');
}

/** Groups that are new or whose marks are not what they were, in words for those who listen to the page. */
function changedGroups(fresh) {
  return [...fresh.querySelectorAll('.group')]
    .filter((group) => marksIn(group) !== marksIn(document.getElementById(group.id)))
    .map((group) => `${wordsOf(group.querySelector('h3'))}: ${marksIn(group)}`);
}

function marksIn(group) {
  return wordsOf(group?.querySelector('.marks'));
}

function wordsOf(element) {
  return element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
}

/** Makes an element like another one, keeping every node that can stay: a node that is moved loses the focus. */
function become(element, other) {
  takeAttributes(element, other);
  const known = childrenById(element);
  const wantedIds = childrenById(other);
  let place = element.firstChild;
  for (const wanted of Array.from(other.childNodes)) {
    const same = known.get(wanted.id);
    if (same !== undefined) place = dropFrom(place, (node) => node === same || wantedIds.has(node.id));
    const kept = same ?? (isLike(place, wanted) ? place : null);
    if (kept === null) element.insertBefore(wanted, place);
    else if (kept === place) place = place.nextSibling;
    else element.insertBefore(kept, place);
    if (kept !== null) becomeNode(kept, wanted);
  }
  dropFrom(place, () => false);
}

/** Removes a node and those after it, up to the first that is to stay; answers that one, or null. */
function dropFrom(node, mayStay) {
  if (node === null || mayStay(node)) return node;
  const next = node.nextSibling;
  node.remove();
  return dropFrom(next, mayStay);
}

function becomeNode(node, wanted) {
  if (node instanceof Element) become(node, wanted);
  else if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue;
}

function takeAttributes(element, other) {
  for (const name of element.getAttributeNames())
    if (!other.hasAttribute(name) && !isReaders(element, name)) element.removeAttribute(name);
  for (const { name, value } of other.attributes)
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function childrenById(element) {
  return new Map([...element.children].filter(({ id }) => id !== '').map((child) => [child.id, child]));
}

/** What a reader has opened is theirs. */
function isReaders(element, attribute) {
  return element instanceof HTMLDetailsElement && attribute === 'open';
}

/** A node with an id is itself only; others may stand for each other when they are of one kind. */
function isLike(node, wanted) {
  return node !== null && !node.id && !wanted.id && node.nodeName === wanted.nodeName;
}

async function look() {
  clearTimeout(timer);
  if (busy || document.hidden) return;
  busy = true;
  try {
    if (!(await refresh())) {
      stale.hidden = true;
      stopped.hidden = false;
      document.removeEventListener('visibilitychange', look);
      return;
    }
    failures = 0;
  } catch {
    failures += 1;
  } finally {
    busy = false;
  }
  stale.hidden = failures === 0;
  timer = setTimeout(() => void look(), Math.min(LONGEST_MS, EVERY_MS * 2 ** failures));
}

document.addEventListener('visibilitychange', look);
timer = setTimeout(() => void look(), EVERY_MS);
