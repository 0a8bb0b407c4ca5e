// The words of the fields, in the order in which they are read: the one at the caret and those after it, to be looked up
// in a dictionary, and another one in the place of the one that was shown.
(() => {
  const { commands, listeners, field, fields, tell, change } = window.reprint;

  const blocks = 'p, h1, h2, h3, h4, h5, h6, li, td, th, blockquote, figcaption, pre, div, figure, ul, ol, table, br';

  // The text of a field, and which node each of its letters is in. Words go on across bold letters and links, but not from
  // one paragraph into the next.
  const spread = (root) => {
    const pieces = [];
    let text = '';
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        pieces.push({ node, start: text.length });
        text += node.data;
      } else {
        const parts = node !== root && node.matches(blocks);
        if (parts) text += '\n';
        node.childNodes.forEach(walk);
        if (parts) text += '\n';
      }
    };
    walk(root);
    return { text: text.replace(/[\u00a0\u202f]/g, ' '), pieces };
  };

  const toRange = (pieces, start, end) => {
    const range = document.createRange();
    const holding = (place, last) =>
      pieces.find(({ node, start: from }) => (last ? place > from && place <= from + node.data.length : place >= from && place < from + node.data.length));
    const first = holding(start, false);
    const final = holding(end, true);
    range.setStart(first.node, start - first.start);
    range.setEnd(final.node, end - final.start);
    return range;
  };

  window.reprint.spread = spread;
  window.reprint.toRange = toRange;

  // ---- words ----

  let listed = [];
  let shown = null;

  // Addresses are none, and neither is what has digits.
  const wordsIn = (root) => {
    const { text, pieces } = spread(root);
    const bare = text.replace(/\S*(?:@|:\/\/|\bwww\.)\S*/g, (address) => ' '.repeat(address.length));
    return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(bare)]
      .filter(({ segment, isWordLike }) => isWordLike && !/\p{N}/u.test(segment))
      .map(({ segment, index }) => ({ root, pieces, word: segment, start: index, end: index + segment.length }));
  };

  const editable = () => fields.map(field).filter((root) => root.isContentEditable);

  const isAfter = (range, piece) => range.comparePoint(piece.node, 0) >= 0;

  // How many letters of the field stand before that place.
  const countBefore = (root, node, offset) => {
    const { text, pieces } = spread(root);
    const same = pieces.find((piece) => piece.node === node);
    const range = document.createRange();
    range.setStart(node, offset);
    const next = same || pieces.find((piece) => isAfter(range, piece));
    return same ? same.start + offset : next ? next.start : text.length;
  };

  const getSelected = () => {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const root = range && editable().find((each) => each.contains(range.endContainer));
    return root ? { root, range } : null;
  };

  const wordAtCaret = () => {
    const { root, range } = getSelected() || {};
    if (!root || !root.contains(range.startContainer)) return null;
    const from = countBefore(root, range.startContainer, range.startOffset);
    const to = countBefore(root, range.endContainer, range.endOffset);
    return wordsIn(root).find(({ start, end }) => start <= from && to <= end) || null;
  };

  // ---- the menu ----

  const boxOf = (word) => {
    const range = word ? toRange(word.pieces, word.start, word.end) : (getSelected() || {}).range;
    const box = range && [...range.getClientRects()].pop();
    const around = range && window.reprint.elementAt(range.startContainer).getBoundingClientRect();
    return box || (around && { x: around.x, y: around.y, width: 0, height: Math.min(around.height, 24) }) || { x: 0, y: 0, width: 0, height: 0 };
  };

  const tellMenu = (word) => {
    const { x, y, width, height } = boxOf(word);
    shown = word;
    tell({ kind: 'menu', word: word ? word.word : '', selected: !getSelection().isCollapsed, x, y, width, height });
  };

  const select = ({ root, pieces, start, end }) => {
    root.focus({ preventScroll: true });
    getSelection().removeAllRanges();
    getSelection().addRange(toRange(pieces, start, end));
  };

  const goTo = (word) => {
    select(word);
    const { top, bottom } = getSelection().getRangeAt(0).getBoundingClientRect();
    if (top < 40 || bottom > innerHeight - 40) scrollBy({ top: top - innerHeight / 3 });
  };

  listeners.open.push(() => {
    listed = [];
    shown = null;
  });
  commands.menu = () => tellMenu(wordAtCaret());

  // From the caret to the end, and on from the start.
  commands.listWords = () => {
    const roots = editable();
    const { root, range } = getSelected() || {};
    const here = root ? countBefore(root, range.endContainer, range.endOffset) : 0;
    const comes = (word) => !root || roots.indexOf(word.root) > roots.indexOf(root) || (word.root === root && word.start >= here);
    const words = roots.flatMap(wordsIn);
    listed = [...words.filter(comes), ...words.filter((word) => !comes(word))];
    tell({ kind: 'words', words: listed.map(({ word }) => word) });
  };

  commands.showWord = ({ at }) => {
    const word = listed[at];
    if (!word || !word.root.isConnected) return;
    goTo(word);
    tellMenu(word);
  };

  const write = (word, text) => {
    select(word);
    document.execCommand('insertText', false, text);
  };

  // Written once more as it is, a word is looked up again and loses its mark. The caret ends where it was.
  commands.recheck = ({ word: learnt }) => {
    const here = shown;
    const same = editable().flatMap(wordsIn).filter(({ word }) => word === learnt);
    for (const word of same.reverse()) write(word, learnt);
    const again = here && wordsIn(here.root).find(({ start }) => start === here.start);
    if (again) select(again);
    shown = null;
  };

  commands.replaceWord = ({ by }) => {
    const word = shown;
    shown = null;
    if (!word || !word.root.isContentEditable) return;
    change(() => write(word, by));
  };
})();
