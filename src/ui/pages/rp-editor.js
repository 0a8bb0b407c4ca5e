// Runs in a world of its own beside the page that is edited: makes the fields editable, tells the
// program what stands in them after every change and where the caret is, hands over pastes so that
// they are cleaned before they are inserted, and does what the program asks for by name (run).
// The other files of the editor add their commands and keys here.
window.reprint = (() => {
  const body = document.body;
  const fields = ['headline', 'standfirst', 'byline', 'text'];
  const commands = {};
  const listeners = { caret: [], input: [], keydown: [], open: [] };
  const field = (id) => document.getElementById(id);
  const tell = (message) => window.webkit.messageHandlers.editor.postMessage(JSON.stringify(message));
  const canEdit = () => body.dataset.text === 'yes';

  // ---- what stands here ----

  const countWords = () => {
    const text = field('text').innerText;
    if (/^(zh|ja|th|lo|km|my)\b/.test(document.documentElement.lang) && Intl.Segmenter) {
      const parts = new Intl.Segmenter(document.documentElement.lang, { granularity: 'word' }).segment(text);
      return [...parts].filter((part) => part.isWordLike).length;
    }
    return (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,-]*/gu) || []).length;
  };

  // Changes with the same number, one after the other, are one step of undo.
  let run = 1;
  let last = { type: '', at: 0, field: '', space: false };

  const tellDraft = (kind) =>
    tell({
      kind,
      run,
      id: body.dataset.article,
      headline: field('headline').innerText,
      standfirst: field('standfirst').innerText,
      byline: field('byline').innerText,
      body: field('text').innerHTML,
      words: countWords(),
    });

  // Something that the person did at once: a step of its own.
  const change = (doing) => {
    if (!body.dataset.article) return;
    run += 1;
    doing();
    tellDraft('changed');
    run += 1;
    last.type = '';
  };

  const fieldOf = (node) => {
    const element = node && (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
    const found = element && element.closest('#headline, #standfirst, #byline, #text');
    return found || null;
  };

  // Letters typed without a pause, and letters taken away, go together word by word.
  const noteInput = (event) => {
    const at = fieldOf(getSelection().anchorNode);
    const now = { type: event.inputType, at: event.timeStamp, field: at ? at.id : '', space: /\s/.test(event.data || '') };
    const grows = ['insertText', 'insertCompositionText', 'deleteContentBackward', 'deleteContentForward'];
    const moves = last.type === 'deleteByDrag' && now.type === 'insertFromDrop';
    const joins = moves || grows.includes(now.type) && now.type === last.type && now.field === last.field &&
      now.at - last.at < 2000 && !(last.space && !now.space);
    if (!joins) run += 1;
    last = now;
  };

  // ---- the caret ----

  const blocks = 'p, h2, h3, h4, pre';
  const elementAt = (node) => (node && node.nodeType === Node.ELEMENT_NODE ? node : node ? node.parentElement : null);

  const blockName = (node) => {
    const element = elementAt(node);
    const quote = element && element.closest('#text blockquote');
    const block = element && element.closest('#text h2, #text h3, #text h4, #text li, #text p, #text pre');
    return quote ? 'blockquote' : block ? block.localName : '';
  };

  const tellCaret = () => {
    const node = getSelection().anchorNode;
    const element = elementAt(node);
    const link = element ? element.closest('a[href]') : null;
    const message = {
      kind: 'caret',
      block: blockName(node),
      inText: Boolean(node && field('text').contains(node)),
      link: link ? link.getAttribute('href') : '',
    };
    for (const listener of listeners.caret) listener(message, element);
    tell(message);
  };

  // An element that gets another name is another element.
  const became = new WeakMap();

  const keepSelection = (doing) => {
    const selection = getSelection();
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    doing();
    const from = became.get(anchorNode) || anchorNode;
    const to = became.get(focusNode) || focusNode;
    if (from && to && from.isConnected && to.isConnected) selection.setBaseAndExtent(from, anchorOffset, to, focusOffset);
  };

  const putCaret = (node, offset = 0) => getSelection().collapse(node, offset);

  // ---- paragraphs ----

  const rename = (block, name) => {
    if (block.localName === name) return block;
    const other = document.createElement(name);
    for (const { name: key, value } of block.attributes) other.setAttribute(key, value);
    other.append(...block.childNodes);
    block.replaceWith(other);
    became.set(block, other);
    return other;
  };

  // A quote around several paragraphs is parted where one leaves it.
  const leaveQuote = (block) => {
    const quote = block.closest('#text blockquote');
    if (!quote) return;
    const rest = quote.cloneNode(false);
    let top = block;
    while (top.parentNode !== quote) top = top.parentNode;
    while (top.nextSibling) rest.append(top.nextSibling);
    quote.after(top, rest);
    for (const part of [quote, rest]) if (!part.textContent.trim() && !part.querySelector('img')) part.remove();
  };

  const enterQuote = (block) => {
    if (block.closest('blockquote')) return;
    const before = block.previousElementSibling;
    const fresh = before && before.dataset.fresh ? before : document.createElement('blockquote');
    if (fresh !== before) block.before(fresh);
    fresh.dataset.fresh = 'yes';
    fresh.append(rename(block, 'p'));
  };

  // Quotes written as text right inside of a blockquote become paragraphs first.
  const mendQuotes = () => {
    for (const quote of field('text').querySelectorAll('blockquote'))
      if (!quote.querySelector('p, h2, h3, h4, ul, ol, pre')) {
        const paragraph = document.createElement('p');
        paragraph.append(...quote.childNodes);
        quote.append(paragraph);
      }
  };

  const selectedBlocks = () => {
    const selection = getSelection();
    if (!selection.rangeCount) return [];
    const range = selection.getRangeAt(0);
    return [...field('text').querySelectorAll(blocks)].filter(
      (block) => range.intersectsNode(block) && !block.closest('li, td, th, figure')
    );
  };

  commands.style = ({ name }) =>
    change(() => {
      keepSelection(() => {
        mendQuotes();
        const chosen = selectedBlocks();
        for (const block of chosen) {
          if (name === 'blockquote') enterQuote(block);
          else leaveQuote(block), rename(block, name);
        }
        for (const quote of field('text').querySelectorAll('[data-fresh]')) quote.removeAttribute('data-fresh');
        if (!chosen.length && name !== 'blockquote') document.execCommand('formatBlock', false, name);
      });
      tellCaret();
    });

  // ---- undo ----

  // After a step the caret stands where the text differs.
  const placeCaret = (element, before) => {
    const after = element.textContent;
    let end = 0;
    while (end < after.length && end < before.length && after[after.length - 1 - end] === before[before.length - 1 - end]) end += 1;
    let left = after.length - end;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && left > node.data.length) {
      left -= node.data.length;
      node = walker.nextNode();
    }
    element.focus({ preventScroll: true });
    if (node) putCaret(node, left);
    else putCaret(element, 0);
    const place = elementAt(getSelection().anchorNode);
    if (place) place.scrollIntoView({ block: 'nearest' });
  };

  commands.show = (state) => {
    let changed = null;
    let before = '';
    for (const name of fields) {
      const element = field(name);
      const now = name === 'text' ? element.innerHTML : element.innerText;
      if (state[name] === undefined || state[name] === now) continue;
      changed = element;
      before = element.textContent;
      if (name === 'text') element.innerHTML = state.text || '<p><br></p>';
      else element.textContent = state[name];
    }
    if (changed && changed.isContentEditable) placeCaret(changed, before);
    run += 1;
    last.type = '';
    tellCaret();
    tell({ kind: 'count', words: countWords() });
  };

  // ---- pasting ----

  const isAddress = (text) => /^(https?:\/\/|mailto:)\S+$/i.test(text);

  const paste = (event) => {
    const data = event.clipboardData;
    const text = data.getData('text/plain').trim();
    const inText = event.target.closest && event.target.closest('#text');
    if (!inText) return;
    event.preventDefault();
    if (isAddress(text) && !getSelection().isCollapsed) document.execCommand('createLink', false, text);
    else tell({ kind: 'paste', html: data.getData('text/html'), text: data.getData('text/plain') });
  };

  // ---- text that is dragged ----

  // Within the text it goes to another place; what comes from elsewhere is the window's, which reads it like an import.
  let dragging = false;

  const followDrag = () => {
    body.addEventListener('dragstart', (event) => {
      dragging = Boolean(fieldOf(event.target));
      if (dragging) event.dataTransfer.effectAllowed = 'move'; // of several, GTK ends none
    });
    body.addEventListener('dragend', () => (dragging = false));
    body.addEventListener('drop', (event) => dragging || event.preventDefault());
  };

  // ---- the place in the page ----

  // What stands above comes later, picture by picture: until the person moves, the place is gone to again.
  let place = 0;

  let opening = false; // another article comes in: nobody has scrolled
  const goToPlace = () => place && scrollTo(0, place);

  commands.scroll = ({ at }) => {
    place = at;
    goToPlace();
  };

  const followPlace = () => {
    document.addEventListener('load', goToPlace, true);
    for (const kind of ['wheel', 'pointerdown', 'keydown', 'touchstart'])
      document.addEventListener(kind, () => (place = 0), { capture: true, passive: true });
    addEventListener('scroll', () => opening || tell({ kind: 'scrolled', id: body.dataset.article, at: place || scrollY }));
  };

  // ---- the start ----

  const makeEditable = () => {
    if (body.dataset.headline === 'yes') field('headline').contentEditable = 'plaintext-only';
    if (canEdit()) {
      for (const id of ['standfirst', 'byline']) field(id).contentEditable = 'plaintext-only';
      field('text').contentEditable = 'true';
    }
    document.execCommand('defaultParagraphSeparator', false, 'p');
    document.execCommand('styleWithCSS', false, false);
  };

  const keydown = (event) => {
    const single = event.target.closest('.headline, .standfirst, .byline');
    if (single && event.key === 'Enter' && !event.ctrlKey) event.preventDefault();
    for (const listener of listeners.keydown) listener(event);
  };

  const input = (event) => {
    noteInput(event);
    tellDraft('changed');
    for (const listener of listeners.input) listener(event);
  };

  let listening = false;

  const listen = () => {
    if (listening) return;
    listening = true;
    body.addEventListener('input', input);
    body.addEventListener('focusout', () => tell({ kind: 'left' }));
    window.addEventListener('blur', () => tell({ kind: 'left' }));
    body.addEventListener('pointerdown', () => (last.type = ''));
    body.addEventListener('paste', paste, true);
    followDrag();
    body.addEventListener('keydown', keydown);
  };

  const begin = () => {
    if (canEdit() || body.dataset.headline === 'yes') {
      makeEditable();
      listen();
    }
    tell({ kind: 'ready', id: body.dataset.article, words: countWords() });
  };

  const start = () => {
    if (!body.dataset.article) return;
    document.addEventListener('selectionchange', tellCaret);
    followPlace();
    begin();
  };

  // ---- the next article ----

  const copyAttributes = (from, to) => {
    for (const { name } of [...to.attributes]) if (!from.hasAttribute(name)) to.removeAttribute(name);
    for (const { name, value } of from.attributes) to.setAttribute(name, value);
  };

  // Another one in the place of this one, in which nothing was changed: quicker than a page of its own. What is in the
  // head is the same for all of them.
  commands.open = ({ page }) => {
    const other = new DOMParser().parseFromString(page, 'text/html');
    opening = true;
    requestAnimationFrame(() => (opening = false));
    place = 0;
    getSelection().removeAllRanges();
    copyAttributes(other.documentElement, document.documentElement);
    copyAttributes(other.body, body);
    body.replaceChildren(...other.body.childNodes);
    scrollTo(0, 0);
    for (const listener of listeners.open) listener();
    begin();
  };

  start();
  return {
    commands, listeners, field, fields, tell, change, canEdit, fieldOf, elementAt, tellCaret, putCaret, rename, keepSelection,
    run: (name, argument) => commands[name] && commands[name](JSON.parse(argument)),
  };
})();
