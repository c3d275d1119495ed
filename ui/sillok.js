// Keys for those who like them; every page does the same without.
//   /  search     j k  next and last result     Enter  open     [ ]  pages     ?  help
//   m n u  same, different, unsure, on the page that asks
// And a filter that narrows a long table as one types.

const inField = (e) => e.target.closest('input, textarea, select, [contenteditable]');

let current = -1;

function items() {
  return [...document.querySelectorAll('[data-keys] > li, main tbody tr:not(.group):not([hidden])')]
    .filter((e) => e.querySelector('a'));
}

function move(step) {
  const list = items();
  if (!list.length) return;
  list[current]?.classList.remove('is-current');
  current = Math.max(0, Math.min(list.length - 1, current + step));
  list[current].classList.add('is-current');
  list[current].querySelector('a').focus({ preventScroll: true });
  list[current].scrollIntoView({ block: 'nearest' });
}

const keys = {
  '/': () => (document.querySelector('main input[type=search]') ?? document.querySelector('input[type=search]'))?.focus(),
  j: () => move(1),
  k: () => move(-1),
  '[': () => document.querySelector('a[rel=prev]')?.click(),
  ']': () => document.querySelector('a[rel=next]')?.click(),
  '?': () => { location.href = '/help'; },
};

document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (inField(e)) {
    if (e.key === 'Escape') e.target.blur();
    return;
  }
  const judged = document.querySelector(`button[data-key="${CSS.escape(e.key)}"]`);
  if (judged) {
    e.preventDefault();
    if (judged.form.reportValidity()) judged.form.requestSubmit(judged);
    return;
  }
  if (keys[e.key]) {
    e.preventDefault();
    keys[e.key]();
  }
});

// A table of more than a dozen rows gets a field that hides rows without the words typed. Its label
// is that of the search field in the head: scripts bring no words of their own.
function addFilter(table) {
  const rows = [...table.querySelectorAll('tbody tr:not(.group)')];
  const word = document.querySelector('.top button')?.textContent;
  if (rows.length < 12 || !word || table.closest('.method')) return;
  const field = document.createElement('input');
  field.type = 'search';
  field.className = 'live';
  field.setAttribute('aria-label', `${word}: ${table.caption?.textContent ?? ''}`);
  field.placeholder = word;
  const texts = rows.map((row) => row.textContent.normalize('NFKC').toLowerCase());
  field.addEventListener('input', () => {
    const wanted = field.value.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
    rows.forEach((row, i) => { row.hidden = !wanted.every((w) => texts[i].includes(w)); });
  });
  table.parentElement.before(field);
}

document.querySelectorAll('main .scroll > table').forEach(addFilter);

// A picture of a network that is larger than its frame begins at its middle, where the entity stands.
document.querySelectorAll('.graph').forEach((figure) => {
  const ego = figure.querySelector('.ego')?.getBoundingClientRect(), frame = figure.getBoundingClientRect();
  if (!ego) return;
  figure.scrollLeft += ego.left + ego.width / 2 - frame.left - frame.width / 2;
  figure.scrollTop += ego.top + ego.height / 2 - frame.top - frame.height / 2;
});
