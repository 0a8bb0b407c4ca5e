// Runs in a world of its own beside the page that is edited: makes the fields editable, tells the
// program what stands in them after every change, where the caret is, and hands over pastes so that
// they are cleaned before they are inserted.
(() => {
  const body = document.body;
  const field = (id) => document.getElementById(id);
  const tell = (message) => window.webkit.messageHandlers.editor.postMessage(JSON.stringify(message));
  const words = () => (field('text').innerText.match(/[\p{L}\p{N}][\p{L}\p{N}'’.,-]*/gu) || []).length;

  const tellDraft = (kind) =>
    tell({
      kind,
      id: body.dataset.article,
      headline: field('headline').innerText,
      standfirst: field('standfirst').innerText,
      byline: field('byline').innerText,
      body: field('text').innerHTML,
      words: words(),
    });

  const blockAt = (node) => {
    for (let at = node; at && at !== body; at = at.parentNode) {
      const name = at.nodeName.toLowerCase();
      if (['h2', 'h3', 'h4', 'blockquote', 'li', 'p', 'pre'].includes(name)) return name;
    }
    return '';
  };

  const tellCaret = () => {
    const node = getSelection().anchorNode;
    const link = node && node.parentElement ? node.parentElement.closest('a[href]') : null;
    tell({
      kind: 'caret',
      block: blockAt(node),
      inText: Boolean(node && field('text').contains(node)),
      link: link ? link.getAttribute('href') : '',
    });
  };

  const paste = (event) => {
    const data = event.clipboardData;
    if (event.target.closest && !event.target.closest('#text')) return;
    event.preventDefault();
    tell({ kind: 'paste', html: data.getData('text/html'), text: data.getData('text/plain') });
  };

  const start = () => {
    if (!body.dataset.article) return;
    const text = body.dataset.text === 'yes';
    const headline = body.dataset.headline === 'yes';
    if (text || headline) {
      if (headline) field('headline').contentEditable = 'plaintext-only';
      if (text) {
        for (const id of ['standfirst', 'byline']) field(id).contentEditable = 'plaintext-only';
        field('text').contentEditable = 'true';
      }
      document.execCommand('defaultParagraphSeparator', false, 'p');
      document.execCommand('styleWithCSS', false, false);
      body.addEventListener('input', () => tellDraft('changed'));
      body.addEventListener('focusout', () => tell({ kind: 'left' }));
      body.addEventListener('paste', paste, true);
      body.addEventListener('drop', (event) => event.preventDefault());
      body.addEventListener('keydown', (event) => {
        const single = event.target.closest('.headline, .standfirst, .byline');
        if (single && event.key === 'Enter' && !event.ctrlKey) event.preventDefault();
      });
    }
    document.addEventListener('selectionchange', tellCaret);
    tell({ kind: 'ready', id: body.dataset.article, words: words() });
  };

  start();
})();
