// Straight quotation marks and apostrophes become those of the article's language while they are
// typed. The straight one stands there for a moment, so that one undo brings it back.
(() => {
  const { listeners, change, fieldOf } = window.reprint;
  let marks = null;

  const isOpening = (before) => before === '' || /[\s\u00a0\u202f([{\u2013\u2014/<«„“‚‘]$/u.test(before);

  // The text before the caret in this paragraph, as far as it says whether a word begins.
  const textBefore = (node, offset) => {
    const range = document.createRange();
    const element = node.parentElement.closest('p, h1, h2, h3, h4, li, td, th, blockquote, figcaption, pre, .headline, .standfirst, .byline');
    range.setStart(element || node, 0);
    range.setEnd(node, offset);
    return range.toString();
  };

  const choose = (typed, before) => {
    const opening = isOpening(before);
    if (typed === '"') return opening ? marks.open : marks.close;
    return opening ? marks.openInner : /\p{L}$|\p{N}$/u.test(before) && !before.includes(marks.openInner) ? '’' : marks.closeInner;
  };

  const replace = (event) => {
    const selection = getSelection();
    const node = selection.anchorNode;
    const offset = selection.anchorOffset;
    if (!marks || event.inputType !== 'insertText' || !['"', "'"].includes(event.data)) return;
    if (!node || node.nodeType !== Node.TEXT_NODE || node.data[offset - 1] !== event.data) return;
    if (!fieldOf(node) || node.parentElement.closest('pre, code')) return;
    const mark = choose(event.data, textBefore(node, offset - 1));
    if (mark === event.data) return;
    change(() => {
      node.replaceData(offset - 1, 1, mark);
      selection.collapse(node, offset - 1 + mark.length);
    });
  };

  window.reprint.commands.quotes = (given) => {
    marks = given.open ? given : null;
  };
  listeners.input.push(replace);
})();
