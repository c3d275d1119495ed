// Keys for reviewing, where suggestions stand: on the Review page, and in the margin of an exhibit.
//   c confirm   r reject   e edit   s skip   u undo   j k  move   a  claim from the selected words
// Every key presses a button or follows a link that is there without it.
//
// And: which bytes of the text a person selected. Paragraphs say at which byte they begin
// (data-start); a character that is shown in another form says how many bytes it stands for
// (data-bytes). Browsers count in UTF-16, the record in bytes of UTF-8.

const inField = (e) => e.target.closest('input, textarea, select, [contenteditable]');
const utf8 = new TextEncoder();

// ---- from a point of the page to a byte of the text ----

function bytesBefore(block, node, offset) {
  let bytes = 0, odd = null;
  const point = document.createRange();
  point.setStart(block, 0);
  point.setEnd(node, offset);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!point.intersectsNode(text)) break;
    const to = text === node ? offset : text.data.length;
    if (point.comparePoint(text, 0) > 0) break;
    const shown = text.parentElement.closest('[data-bytes]');
    if (!shown) bytes += utf8.encode(wholeCharacters(text.data, to)).length;
    else if (shown !== odd && to > 0) bytes += Number(shown.dataset.bytes);
    odd = shown;
  }
  return bytes;
}

// A selection may end between the two halves of a character beyond U+FFFF: it takes all of it.
function wholeCharacters(text, to) {
  const half = to > 0 && to < text.length && text.charCodeAt(to - 1) >= 0xd800 && text.charCodeAt(to - 1) < 0xdc00;
  return text.slice(0, half ? to + 1 : to);
}

function byteOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const block = element.closest('[data-start]');
  return block ? Number(block.dataset.start) + bytesBefore(block, node, offset) : null;
}

// The bytes selected, or null: nothing is, or not within the text of the exhibit. Blanks at the ends,
// which a double click takes along, do not count.
export function selectedBytes(selection = getSelection()) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const blocks = [...document.querySelectorAll('[data-exhibit] [data-start]')].filter((b) => range.intersectsNode(b) && b.textContent);
  let found = null;
  for (const block of blocks) {
    const part = document.createRange();
    part.selectNodeContents(block);
    if (block.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
    if (block.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
    const text = part.toString();
    if (!text.trim()) continue;
    const blanks = (s) => utf8.encode(s).length;
    const start = byteOf(part.startContainer, part.startOffset) + blanks(text.slice(0, text.length - text.trimStart().length));
    const end = byteOf(part.endContainer, part.endOffset) - blanks(text.slice(text.trimEnd().length));
    found = { exhibit: block.closest('[data-exhibit]').dataset.exhibit, start: found?.start ?? start, end };
  }
  return found && found.end > found.start ? found : null;
}

const addressOf = (s) => `${s.exhibit}/claim?at=${s.start}-${s.end}`;

// ---- the selected words get a link to the form for a claim ----

let link = null;

function offer() {
  const selected = selectedBytes();
  const words = document.querySelector('[data-add]')?.dataset.add;
  if (!selected || !words) {
    link?.remove();
    link = null;
    return;
  }
  if (!link) {
    link = document.createElement('a');
    link.className = 'button add-here';
    const key = document.createElement('kbd');
    key.textContent = 'a';
    key.setAttribute('aria-hidden', 'true');
    link.append(key, ` ${words}`);
    document.querySelector('main').append(link);
  }
  link.href = addressOf(selected);
}

document.addEventListener('selectionchange', offer);

// ---- keys ----

const items = () => [...document.querySelectorAll('[data-suggestion]')];
let current = items().find((e) => `#${e.id}` === location.hash) ?? null;

function show(item) {
  current?.classList.remove('is-current');
  current = item;
  if (!item) return;
  item.classList.add('is-current');
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: 'center' });
}

function move(step) {
  const list = items();
  if (!list.length) return;
  const at = list.indexOf(current);
  show(list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.max(0, Math.min(list.length - 1, at + step))]);
}

// What the key presses: of the suggestion in hand, else of the page.
const pressed = (key) => {
  const one = document.querySelector('[data-review]');
  return (one ?? current)?.querySelector(`[data-does=${key}]`) ?? document.querySelector(`.done [data-does=${key}]`);
};

// One press decides once: not again before the next page is there, nor while a key is held down, nor
// by a second press meant for the suggestion that just went.
let busy = false;
const came = performance.now();
const decided = new URLSearchParams(location.search).has('done');
addEventListener('pageshow', () => { busy = false; });

function press(key) {
  const target = pressed(key);
  if (!target) return false;
  if (target.matches('a')) {
    target.click();
  } else if (!busy && !(decided && performance.now() - came < 250)) {
    busy = true;
    target.form.requestSubmit(target);
  }
  return true;
}

function addSelected() {
  const selected = selectedBytes();
  if (selected && document.querySelector('[data-add]')?.dataset.add) location.href = addressOf(selected);
  return Boolean(selected);
}

const onMargin = !document.querySelector('[data-review]');
const keys = {
  c: () => press('c'),
  r: () => press('r'),
  e: () => press('e'),
  u: () => press('u'),
  s: () => (onMargin ? (move(1), true) : press('s')),
  j: () => (onMargin ? (items().length > 0 && (move(1), true)) : press('s')),
  k: () => (onMargin ? (items().length > 0 && (move(-1), true)) : press('k')),
  a: addSelected,
};

// Before the keys of every page, which move among lists.
document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || inField(e) || !Object.hasOwn(keys, e.key)) return;
  if (e.repeat && 'creu'.includes(e.key)) {
    e.preventDefault();
    return;
  }
  if (keys[e.key]()) {
    e.preventDefault();
    e.stopImmediatePropagation();
  }
}, true);

document.addEventListener('submit', (e) => {
  if (e.target.matches('.decide, .edit form, .done form')) busy = true;
});

if (current) show(current);
document.querySelector('#edit input:not([type=hidden])')?.focus();
