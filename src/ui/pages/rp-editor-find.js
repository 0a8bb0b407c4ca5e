// Finding and replacing in the fields of the article, in the order in which they are read. Words
// are found across bold letters and links, but not from one paragraph into the next.
(() => {
  const { commands, listeners, field, fields, tell, change, spread, toRange } = window.reprint;
  let query = { text: '', matchCase: false };
  let at = -1;
  let current = null; // the match that is shown; the caret stays where it was, letters may still be on their way to it

  const searchIn = (root) => {
    const { text, pieces } = spread(root);
    const pattern = query.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[\u00a0\u202f]/g, ' ');
    const found = text.matchAll(new RegExp(pattern, query.matchCase ? 'gu' : 'giu'));
    return [...found].map((match) => toRange(pieces, match.index, match.index + match[0].length));
  };

  const search = () => (query.text ? fields.flatMap((name) => searchIn(field(name))) : []);

  const mark = (ranges) => {
    if (!window.CSS || !CSS.highlights) return;
    CSS.highlights.delete('found');
    CSS.highlights.delete('current');
    if (ranges.length) CSS.highlights.set('found', new Highlight(...ranges));
    if (current) CSS.highlights.set('current', new Highlight(current));
  };

  const isBefore = (range, place) => range.compareBoundaryPoints(Range.START_TO_START, place) < 0;

  const show = (ranges) => {
    current = ranges[at] || null;
    mark(ranges);
    tell({ kind: 'found', count: ranges.length, at: at + 1 });
    const box = current && current.getBoundingClientRect();
    if (box && (box.top < 40 || box.bottom > innerHeight - 40)) scrollBy({ top: box.top - innerHeight / 3 });
  };

  const getPlace = () => {
    const selection = getSelection();
    return current || (selection.rangeCount ? selection.getRangeAt(0) : null);
  };

  const step = (by) => {
    const ranges = search();
    const here = getPlace();
    if (!ranges.length) at = -1;
    else if (!here) at = by < 0 ? ranges.length - 1 : 0;
    else if (by > 0) at = ranges.findIndex((range) => isBefore(here, range));
    else if (by < 0) at = ranges.findLastIndex((range) => isBefore(range, here));
    else at = ranges.findIndex((range) => !isBefore(range, here));
    if (ranges.length && at < 0) at = by < 0 ? ranges.length - 1 : 0;
    show(ranges);
  };

  const put = (range, text) => {
    const node = range.startContainer;
    const start = range.startOffset;
    range.deleteContents();
    node.insertData(start, text);
    return { node, end: start + text.length };
  };

  const isEditable = (range) => range.startContainer.parentElement.isContentEditable;

  commands.find = ({ text, matchCase }) => {
    query = { text, matchCase };
    step(0);
  };
  commands.findStep = ({ by }) => step(by);
  commands.replace = ({ by }) => {
    const hit = search()[at];
    if (hit && current && isEditable(hit))
      change(() => {
        const { node, end } = put(hit, by);
        current = document.createRange();
        current.setStart(node, end);
        current.collapse(true);
      });
    step(0);
  };
  commands.replaceAll = ({ by }) => {
    const ranges = search().filter(isEditable);
    if (ranges.length) change(() => ranges.reverse().forEach((range) => put(range, by)));
    tell({ kind: 'replaced', count: ranges.length });
    step(0);
  };
  listeners.open.push(() => {
    current = null;
    at = -1;
    mark([]);
  });
  commands.findEnd = () => {
    const selection = getSelection();
    if (current && !current.collapsed) {
      selection.removeAllRanges();
      selection.addRange(current);
    }
    query.text = '';
    current = null;
    mark([]);
  };
})();
