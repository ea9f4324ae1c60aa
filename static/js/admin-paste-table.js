// Lets a table be pasted into one of our own: from the cell where the cursor is, with as many rows and columns as it needs.
// An empty table takes the first row as its headings. Words that stand there already are overwritten only after a question.
(() => {
  const { ask, note, childAround, tellOfChange, failed, overwrite, isOurs } = window.sitePaste;

  const hasText = (value) => (value?.getCurrentContent ? value.getCurrentContent().hasText() : Boolean(value));
  const stateOf = (table) => ({ ...table.getState(), caption: table.captionInput.value });

  const asRichText = (text) => JSON.stringify({
    blocks: [{ key: "aaaaa", text, type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [] }],
    entityMap: {},
  });
  const asCell = (type, text) => (type === "rich_text" ? asRichText(text) : text);

  // Where the cursor is: row -1 is that of the headings, also for the field of the caption.
  function placeOf(table, target) {
    const column = table.columns.findIndex(({ headingInput }) => headingInput === target);
    if (column >= 0) return { row: -1, column };
    const row = [...table.tbody.children].findIndex((one) => one.contains(target));
    if (row < 0) return { row: -1, column: 0 };
    const cells = [...table.tbody.children[row].children];
    return { row, column: cells.findIndex((one) => one.contains(target)) - 1 };
  }

  // Puts the pasted rows into a copy of the table's state; counts the filled cells that change.
  function filled(table, old, place, data) {
    const empty = !old.columns.some(({ heading }) => heading) && !old.rows.some(({ values }) => values.some(hasText));
    if (empty) return { state: { ...data.table, caption: old.caption || data.table.caption }, changed: 0 };
    const rows = [...data.rows];
    const columns = old.columns.map((column) => ({ ...column }));
    const width = rows[0].length;
    while (columns.length < place.column + width) {
      const kind = data.table.columns[columns.length - place.column].type;
      columns.push({ type: kind === "number" ? kind : "text", heading: "" });
    }
    let changed = 0;
    const set = (before, after) => {
      if (hasText(before)) changed += 1;
      return after;
    };
    if (place.row < 0 || columns.every(({ heading }) => !heading)) {
      rows.shift().forEach((words, number) => {
        const column = columns[place.column + number];
        column.heading = set(column.heading, words);
      });
    }
    const lines = old.rows.map(({ values }) => ({ values: [...values] }));
    const start = Math.max(place.row, 0);
    while (lines.length < start + rows.length) lines.push({ values: [] });
    for (const { values } of lines) {
      while (values.length < columns.length) values.push(asCell(columns[values.length].type, ""));
    }
    rows.forEach((cells, down) => cells.forEach((words, across) => {
      const { values } = lines[start + down];
      const column = place.column + across;
      values[column] = set(old.rows[start + down]?.values[column], asCell(columns[column].type, words));
    }));
    return { state: { columns, rows: lines, caption: old.caption }, changed };
  }

  function focusAt(table, { row, column }) {
    if (row < 0) table.columns[column]?.headingInput.focus();
    else table.rows[row]?.blocks[column]?.focus();
  }

  async function readInto(table, target, html, text) {
    const place = placeOf(table, target);
    let data;
    try {
      data = await ask({ html, text, place: "table" });
      if (!data.rows.length && text.includes("\t")) data = await ask({ text, place: "table" });
    } catch (error) {
      note(table.container[0], [failed]);
      return;
    }
    if (!data.rows.length) {
      // No table after all: cells that only set things beside each other.
      target.setRangeText?.(text, target.selectionStart, target.selectionEnd, "end");
      tellOfChange(target);
      return;
    }
    const old = stateOf(table);
    const { state, changed } = filled(table, old, place, data);
    if (changed && !window.confirm(overwrite)) return;
    const put = (value) => {
      table.setState(value);
      tellOfChange(table.container[0]);
      focusAt(table, place);
    };
    put(state);
    note(table.container[0], data.messages, () => put(old));
  }

  document.addEventListener("paste", (event) => {
    if (isOurs(event) || event.defaultPrevented || !event.clipboardData) return;
    if (!event.target.closest?.(".typed-table-block")) return;
    const { child } = childAround(event.target);
    const table = child?.block;
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    const cells = html.match(/<t[dh][\s>]/gi)?.length ?? 0;
    if (!table?.tbody || (cells < 2 && !text.includes("\t"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    readInto(table, event.target, html.includes("<table") ? html : "", text);
  }, true);
})();
