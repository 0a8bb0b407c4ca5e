// Pictures in the text: put in where they were dropped or where the caret is, chosen by a click,
// dragged or moved by a key to another place, their caption and words for people who do not see
// them changed.
(() => {
  const { commands, listeners, field, tell, change, canEdit, elementAt, tellCaret } = window.reprint;

  const topBlock = (node) => {
    let block = elementAt(node);
    if (!block || !field('text').contains(block)) return null;
    while (block && block.parentNode !== field('text')) block = block.parentNode === null ? null : block.parentNode;
    return block;
  };

  const blockAtPoint = ({ x, y }) => {
    const range = document.caretRangeFromPoint(x, y);
    const inside = range && topBlock(range.startContainer);
    if (inside) return inside;
    return [...field('text').children].filter((block) => block.getBoundingClientRect().top < y).pop() || null;
  };

  // One that may be changed.
  const isPicture = (node) => node.localName === 'img' && Boolean(node.closest('#text')) && canEdit();

  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const node = range.startContainer.childNodes[range.startOffset];
    const inside = node && node.localName === 'img' ? node : null;
    const figure = elementAt(range.startContainer);
    const around = figure && figure.closest('#text figure');
    return inside && field('text').contains(inside) ? inside : around ? around.querySelector('img') : null;
  };

  const captionOf = (image) => {
    const figure = image.closest('figure');
    return figure ? figure.querySelector('figcaption') : null;
  };

  const tellPicture = (image) => {
    const caption = captionOf(image);
    tell({
      kind: 'picture',
      at: [...field('text').querySelectorAll('img')].indexOf(image),
      src: image.getAttribute('src'),
      alt: image.getAttribute('alt') || '',
      caption: caption ? caption.innerText.trim() : '',
    });
  };

  const select = (image) => {
    const range = document.createRange();
    range.selectNode(image);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  commands.insertPicture = ({ src, alt, caption, point, edit }) => {
    const selection = getSelection();
    const block = point ? blockAtPoint(point) : topBlock(selection.anchorNode);
    const figure = document.createElement('figure');
    const image = document.createElement('img');
    const words = document.createElement('figcaption');
    change(() => {
      image.setAttribute('src', src);
      image.setAttribute('alt', alt);
      words.textContent = caption;
      figure.append(image);
      if (caption) figure.append(words);
      if (block) block.after(figure);
      else field('text').append(figure);
      if (block && block.localName === 'p' && !block.textContent.trim() && !block.querySelector('img')) block.remove();
    });
    select(image);
    image.addEventListener('load', () => figure.scrollIntoView({ block: 'nearest' }), { once: true });
    if (edit) tellPicture(image);
  };

  const setCaption = (image, caption) => {
    let figure = image.closest('figure');
    let words = captionOf(image);
    if (words && words.innerText.trim() === caption) return;
    if (!figure && caption) {
      figure = document.createElement('figure');
      const block = topBlock(image);
      if (block === image) image.replaceWith(figure);
      else block.after(figure);
      figure.append(image);
      if (block !== image && !block.textContent.trim()) block.remove();
    }
    if (caption && !words) figure.append((words = document.createElement('figcaption')));
    if (words && caption) words.textContent = caption;
    else if (words) words.remove();
  };

  commands.setPicture = ({ at, alt, caption }) => {
    const image = field('text').querySelectorAll('img')[at];
    if (!image || !canEdit()) return;
    change(() => {
      image.setAttribute('alt', alt);
      setCaption(image, caption);
    });
  };

  commands.editPicture = () => {
    const image = selected();
    if (image && canEdit()) tellPicture(image);
  };

  // ---- another place: the figure goes as it is, with its caption ----

  const THRESHOLD = 6;
  const EDGE = 48;
  let dragged = null;

  // What moves: the figure, or the paragraph that the picture fills; nothing for one inside of a line.
  const figureOf = (image) => {
    const block = topBlock(image);
    let figure = image.closest('figure');
    while (figure && figure.parentNode.closest('#text figure')) figure = figure.parentNode.closest('#text figure');
    return figure || (block === image || !block.textContent.trim() ? block : null);
  };

  const makeFigure = (image) => {
    const figure = document.createElement('figure');
    figure.append(image);
    return figure;
  };

  const put = (image, before) => {
    const figure = figureOf(image);
    if (!canEdit() || (figure && (before === figure || before === figure.nextElementSibling) && figure === topBlock(image))) return;
    change(() => field('text').insertBefore(figure || makeFigure(image), before));
    select(image);
    image.scrollIntoView({ block: 'nearest' });
    tellCaret();
  };

  commands.movePicture = ({ where }) => {
    const image = selected();
    if (!image) return;
    const { previousElementSibling: above, nextElementSibling: below } = topBlock(image);
    if (where === 'up' && above) put(image, above);
    if (where === 'down' && below) put(image, below.nextElementSibling);
  };

  // The block before which the pointer is; null is the end.
  const placeAt = (y) => {
    for (const block of field('text').children) {
      const { top, bottom } = block.getBoundingClientRect();
      if (y < (top + bottom) / 2) return block;
    }
    return null;
  };

  const line = document.createElement('div');
  line.className = 'drop-line';

  const showLine = (before) => {
    const last = field('text').lastElementChild;
    const text = field('text').getBoundingClientRect();
    const edge = before ? before.getBoundingClientRect().top : last.getBoundingClientRect().bottom;
    line.style.cssText = `top: ${edge + scrollY - 9}px; left: ${text.left + scrollX}px; width: ${text.width}px`;
    if (!line.isConnected) document.body.append(line);
  };

  const endDrag = () => {
    line.remove();
    dragged = null;
  };

  const drag = (event) => {
    if (dragged && !(event.buttons & 1)) endDrag();
    if (!dragged || (!dragged.moving && Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) < THRESHOLD)) return;
    dragged.moving = true;
    if (event.clientY < EDGE) scrollBy(0, -EDGE / 2);
    if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 2);
    dragged.before = placeAt(event.clientY);
    showLine(dragged.before);
    event.preventDefault();
  };

  const drop = () => {
    const { image, before, moving } = dragged || {};
    endDrag();
    if (moving) put(image, before);
  };

  // Not by pointer events: after a menu, which took the button's release, no press is told by them.
  document.addEventListener('mousedown', (event) => {
    if (event.button || !isPicture(event.target)) return;
    dragged = { image: event.target, x: event.clientX, y: event.clientY };
  });
  document.addEventListener('mousemove', drag);
  document.addEventListener('mouseup', drop);
  document.addEventListener('dragstart', (event) => {
    if (dragged) event.preventDefault();
  });
  document.addEventListener('selectstart', (event) => {
    if (dragged) event.preventDefault();
  });
  listeners.keydown.push((event) => {
    if (event.key === 'Escape') endDrag();
  });

  listeners.caret.push((message) => (message.picture = Boolean(selected())));
  const choose = (event) => {
    if (!isPicture(event.target)) return;
    select(event.target);
    tellCaret();
  };
  document.addEventListener('click', choose);
  document.addEventListener('contextmenu', choose);
  document.addEventListener('dblclick', (event) => {
    if (isPicture(event.target)) tellPicture(event.target);
  });
})();
