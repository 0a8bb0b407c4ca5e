// Tables: a new one, rows and columns added and taken away, headers of both, the Tab key from cell to cell.
(() => {
  const { commands, listeners, field, change, canEdit, elementAt, putCaret, tellCaret, rename, keepSelection } = window.reprint;

  const cellAtCaret = () => {
    const element = elementAt(getSelection().anchorNode);
    return element ? element.closest('#text td, #text th') : null;
  };

  const makeCell = (name) => {
    const cell = document.createElement(name);
    cell.append(document.createElement('br'));
    return cell;
  };

  const makeRow = (columns, name) => {
    const row = document.createElement('tr');
    for (let i = 0; i < columns; i += 1) row.append(makeCell(name));
    return row;
  };

  // Which cells stand in which column, merged ones in all of theirs.
  const gridOf = (table) => {
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x]) x += 1;
        for (let down = 0; down < cell.rowSpan && y + down < grid.length; down += 1)
          for (let right = 0; right < cell.colSpan; right += 1) grid[y + down][x + right] = cell;
        x += cell.colSpan;
      }
    });
    return grid;
  };

  const columnOf = (grid, cell) => {
    for (const row of grid) if (row.includes(cell)) return row.indexOf(cell);
    return 0;
  };

  const blockAtCaret = () => {
    let block = elementAt(getSelection().anchorNode);
    if (!block || !field('text').contains(block)) return null;
    while (block !== field('text') && block.parentNode !== field('text')) block = block.parentNode;
    return block === field('text') ? null : block;
  };

  const addParagraph = (after) => {
    const paragraph = document.createElement('p');
    paragraph.append(document.createElement('br'));
    after.after(paragraph);
    return paragraph;
  };

  commands.insertTable = ({ rows, columns }) => {
    const block = blockAtCaret();
    if (cellAtCaret()) return;
    change(() => {
      const table = document.createElement('table');
      const head = table.createTHead();
      const main = table.createTBody();
      head.append(makeRow(columns, 'th'));
      for (let i = 1; i < rows; i += 1) main.append(makeRow(columns, 'td'));
      if (block) block.after(table);
      else field('text').append(table);
      if (block && !block.textContent.trim() && block.localName === 'p') block.remove();
      if (!table.nextElementSibling) addParagraph(table);
      putCaret(table.rows[0].cells[0]);
      table.scrollIntoView({ block: 'nearest' });
    });
    tellCaret();
  };

  // ---- headers ----

  const areHeaders = (cells) => cells.length > 0 && cells.every((cell) => cell.localName === 'th');
  const firstRow = (table) => (table.rows.length ? [...table.rows[0].cells] : []);
  const hasHeaderRow = (table) => areHeaders(firstRow(table));
  // The corner belongs to both, so it says nothing of the column.
  const firstColumn = (table) => {
    const column = [...new Set(gridOf(table).map((cells) => cells[0]))].filter(Boolean);
    return hasHeaderRow(table) ? column.filter((cell) => cell.parentNode.rowIndex > 0) : column;
  };
  const hasHeaderColumn = (table) => areHeaders(firstColumn(table));

  // ---- rows and columns ----

  // A merged cell across the place grows; elsewhere a new one is put in.
  const insertRow = (cell, below) => {
    const table = cell.closest('table');
    const column = hasHeaderColumn(table);
    const heads = !below && cell.parentNode.parentNode.localName === 'thead';
    const grid = gridOf(table);
    const row = cell.parentNode;
    const y = row.rowIndex + (below ? cell.rowSpan : 0);
    const fresh = document.createElement('tr');
    const grown = new Set();
    (grid[0] || []).forEach((_, x) => {
      const above = y > 0 && y < grid.length ? grid[y - 1][x] : null;
      if (above && above === grid[y][x]) grown.add(above);
      else fresh.append(makeCell(heads || (x === 0 && column) ? 'th' : 'td'));
    });
    for (const merged of grown) merged.rowSpan += 1;
    if (y < grid.length && !(below && row.parentNode.localName === 'thead')) table.rows[y].before(fresh);
    else if (row.parentNode.localName === 'thead') (table.tBodies[0] || table.createTBody()).prepend(fresh);
    else row.parentNode.append(fresh);
    return fresh.cells[Math.min(columnOf(grid, cell), fresh.cells.length - 1)];
  };

  const insertColumn = (cell, after) => {
    const table = cell.closest('table');
    const grid = gridOf(table);
    const x = columnOf(grid, cell) + (after ? cell.colSpan : 0);
    const [row, column] = [hasHeaderRow(table), hasHeaderColumn(table)];
    const grown = new Set();
    let place = null;
    grid.forEach((cells, y) => {
      const before = x > 0 ? cells[x - 1] : null;
      if (before && before === cells[x]) {
        grown.add(before);
        return;
      }
      const heads = table.rows[y].parentNode.localName === 'thead' || (y === 0 && row) || (x === 0 && column);
      const fresh = makeCell(heads ? 'th' : 'td');
      const here = cells.slice(x).find((other) => other && other.parentNode === table.rows[y]);
      table.rows[y].insertBefore(fresh, here || null);
      if (y === cell.parentNode.rowIndex) place = fresh;
    });
    for (const merged of grown) merged.colSpan += 1;
    return place;
  };

  const removeTable = (table) => {
    putCaret(addParagraph(table));
    table.remove();
  };

  const removeRow = (cell) => {
    const table = cell.closest('table');
    const grid = gridOf(table);
    const y = cell.parentNode.rowIndex;
    if (grid.length === 1) return removeTable(table);
    for (const merged of new Set(grid[y])) {
      const starts = merged.parentNode === table.rows[y];
      if (merged.rowSpan > 1 && starts && y + 1 < grid.length) {
        const x = columnOf(grid, merged);
        const here = grid[y + 1].slice(x + merged.colSpan).find((other) => other.parentNode === table.rows[y + 1]);
        table.rows[y + 1].insertBefore(merged, here || null);
      }
      if (merged.rowSpan > 1) merged.rowSpan -= 1;
    }
    const group = table.rows[y].parentNode;
    table.rows[y].remove();
    if (!group.rows || !group.rows.length) group.remove();
    putCaret(table.rows[Math.min(y, table.rows.length - 1)].cells[0]);
  };

  const removeColumn = (cell) => {
    const table = cell.closest('table');
    const grid = gridOf(table);
    const x = columnOf(grid, cell);
    const column = new Set(grid.map((cells) => cells[x]));
    if (Math.max(...grid.map((cells) => cells.length)) === 1) return removeTable(table);
    for (const other of column) {
      if (!other) continue;
      if (other.colSpan > 1) other.colSpan -= 1;
      else other.remove();
    }
    const near = gridOf(table)[0];
    putCaret(near[Math.min(x, near.length - 1)]);
  };

  const renameCell = (cell, name, scope) => {
    const other = rename(cell, name);
    if (scope) other.setAttribute('scope', scope);
    else other.removeAttribute('scope');
  };

  const toggleHeaderRow = (cell) => {
    const table = cell.closest('table');
    const row = table.rows[0];
    const on = !hasHeaderRow(table);
    const column = hasHeaderColumn(table);
    const group = row.parentNode;
    keepSelection(() => {
      firstRow(table).forEach((other, x) =>
        on ? renameCell(other, 'th', 'col') : x === 0 && column ? renameCell(other, 'th', 'row') : renameCell(other, 'td'));
      if (on === (group.localName === 'thead')) return;
      if (on) table.createTHead().append(row);
      else (table.tBodies[0] || table.createTBody()).prepend(...group.rows);
      if (!group.rows || !group.rows.length) group.remove();
    });
  };

  const toggleHeaderColumn = (cell) => {
    const table = cell.closest('table');
    const on = !hasHeaderColumn(table);
    keepSelection(() => {
      for (const other of firstColumn(table)) renameCell(other, on ? 'th' : 'td', on ? 'row' : '');
    });
  };

  const deeds = {
    'row-above': (cell) => putCaret(insertRow(cell, false) || cell),
    'row-below': (cell) => putCaret(insertRow(cell, true) || cell),
    'column-before': (cell) => putCaret(insertColumn(cell, false) || cell),
    'column-after': (cell) => putCaret(insertColumn(cell, true) || cell),
    'header-row': toggleHeaderRow,
    'header-column': toggleHeaderColumn,
    'delete-row': removeRow,
    'delete-column': removeColumn,
    'delete-table': (cell) => removeTable(cell.closest('table')),
  };

  commands.table = ({ deed }) => {
    const cell = cellAtCaret();
    if (!cell || !canEdit()) return;
    change(() => deeds[deed](cell));
    tellCaret();
  };

  const selectCell = (cell) => {
    getSelection().selectAllChildren(cell);
    if (!cell.textContent) putCaret(cell);
  };

  const tab = (event) => {
    const cell = event.key === 'Tab' && !event.ctrlKey && !event.altKey ? cellAtCaret() : null;
    if (!cell || !canEdit()) return;
    const cells = [...cell.closest('table').querySelectorAll('td, th')];
    const next = cells.indexOf(cell) + (event.shiftKey ? -1 : 1);
    if (next < 0) return;
    event.preventDefault();
    if (next < cells.length) selectCell(cells[next]);
    else change(() => putCaret(insertRow(cell.parentNode.cells[0], true)));
    tellCaret();
  };

  listeners.keydown.push(tab);
  listeners.caret.push((message) => {
    const cell = cellAtCaret();
    message.inTable = Boolean(cell);
    message.headerRow = Boolean(cell && hasHeaderRow(cell.closest('table')));
    message.headerColumn = Boolean(cell && hasHeaderColumn(cell.closest('table')));
  });
  document.addEventListener('contextmenu', (event) => {
    const cell = event.target.closest && event.target.closest('#text td, #text th');
    if (cell && cellAtCaret() !== cell) putCaret(cell);
    tellCaret();
  });
})();
