// Lets the server read what is pasted into running text, and puts it in: as a row of our own blocks where the text stands in a
// body, and as text everywhere else. A message below says what was left out. `sitePaste` is for admin-paste-table.js.
(() => {
  const { url, undo, close, failed, overwrite } = document.currentScript.dataset;
  // What Draftail would lose or keep without a word. The rest it pastes as well as we could.
  const NEEDS_READING = new RegExp(
    "<(h[1-6]|table|img|picture|iframe|video|audio|object|embed|[uo]l|li|dl|pre|blockquote|su[pb]|del|ins|s|strike|style|a|q)[\\s>]" +
    "|mso|line-through|display\\s*:|visibility\\s*:|opacity\\s*:|\\shidden|sr-only|visually|role=|docs-internal|&shy;|[\\u00ad\\u200b-\\u200f\\ufeff]", "i");
  const COPIED_HERE = "data-draftjs-conductor-fragment";
  const ours = new WeakSet();

  async function ask(fields) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token });
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.error);
    return data;
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-small button-secondary";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  // Shows a message in or after an element. The words come a moment after their place, so that they are read out.
  function note(place, messages, takeBack) {
    place.querySelector(":scope > .paste-note")?.remove();
    if (!messages.length) return null;
    const element = document.createElement("div");
    element.className = "paste-note";
    element.tabIndex = -1;
    const status = document.createElement("div");
    status.setAttribute("role", "status");
    const remove = () => element.remove();
    const buttons = document.createElement("p");
    if (takeBack) buttons.append(button(undo, () => { remove(); takeBack(); }));
    buttons.append(button(close, remove));
    element.append(status, buttons);
    place.append(element);
    setTimeout(() => status.replaceChildren(...messages.map((words) => {
      const line = document.createElement("p");
      line.textContent = words;
      return line;
    })), 100);
    return element;
  }

  function pasteAgain(target, html, text) {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    if (text) data.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    ours.add(event);
    target.focus();
    target.dispatchEvent(event);
  }

  // Finds the block of a body that an element lies in.
  function childAround(element) {
    for (let root = element; root; root = root.parentElement) {
      const stream = root.rootBlock;
      if (stream?.children) return { stream, child: stream.children.find((one) => one.element.contains(element)) };
    }
    return {};
  }

  const tellOfChange = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));

  const inputOf = (wrapper) => [...wrapper.parentElement.children].find((one) => one.draftailEditor);

  function selectionIn(state) {
    const content = state.getCurrentContent();
    const selection = state.getSelection();
    const first = content.getFirstBlock();
    const last = content.getLastBlock();
    const fromStart = selection.getStartKey() === first.getKey() && selection.getStartOffset() === 0;
    const toEnd = selection.getEndKey() === last.getKey() && selection.getEndOffset() === last.getLength();
    return { everything: !content.hasText() || (fromStart && toEnd), fromStart, toEnd };
  }

  // Puts a row of blocks where the cursor is, and returns what takes it back.
  function insertBlocks(stream, child, editor, parts) {
    const state = editor.getEditorState();
    const { everything, fromStart, toEnd } = selectionIn(state);
    const before = child.getState();
    let rest = null;
    if (!everything && !fromStart && !toEnd) {
      const split = window.draftail.splitState(state);
      child.split(split.stateBefore, split.stateAfter, split.shouldMoveCommentFn);
      rest = stream.children[stream.children.indexOf(child) + 1];
    }
    const start = stream.children.indexOf(child) + (everything || (fromStart && !rest) ? 0 : 1);
    const inserted = parts.map((part, number) => stream.insert(part, start + number, {}));
    if (everything) stream.deleteBlock(stream.children.indexOf(child));
    tellOfChange(stream.element);
    const takeBack = () => {
      const place = stream.children.indexOf(inserted.find((one) => stream.children.includes(one)));
      for (const one of [...inserted, rest]) {
        const index = stream.children.indexOf(one);
        if (index >= 0) stream.deleteBlock(index);
      }
      if (everything) stream.insert({ ...before, id: null }, Math.max(place, 0), { focus: true });
      else if (rest) child.setState(before);
      tellOfChange(stream.element);
    };
    return { inserted, takeBack, gone: everything };
  }

  async function readInto(target, wrapper, html, text) {
    const input = inputOf(wrapper);
    const editor = input.draftailEditor;
    const { stream, child } = childAround(wrapper);
    const types = stream?.blockDef.childBlockDefsByName ?? {};
    const inBody = child?.type === "text" && types.heading && types.table;
    const lists = editor.props.blockTypes.some(({ type }) => type === "unordered-list-item");
    let data;
    try {
      data = await ask({ html, place: inBody ? "body" : "field", lists: lists ? "1" : "0" });
    } catch (error) {
      pasteAgain(target, "", text);
      note(wrapper.parentElement, [failed]);
      return;
    }
    if (!data.parts.length) {
      if (data.html) pasteAgain(target, data.html, "");
      note(wrapper.parentElement, data.messages);
      return;
    }
    const { inserted, takeBack, gone } = insertBlocks(stream, child, editor, data.parts);
    const message = note(inserted.at(-1).element, data.messages, takeBack);
    if (gone) message?.focus();
  }

  document.addEventListener("paste", (event) => {
    if (ours.has(event) || event.defaultPrevented || !event.clipboardData) return;
    const html = event.clipboardData.getData("text/html");
    const wrapper = event.target.closest?.("[data-draftail-editor-wrapper]");
    const target = event.target.closest?.("[contenteditable=true]");
    if (!wrapper || !target || html.includes(COPIED_HERE) || !NEEDS_READING.test(html)) return;
    event.preventDefault();
    event.stopPropagation();
    readInto(target, wrapper, html, event.clipboardData.getData("text/plain"));
  }, true);

  window.sitePaste = { ask, note, childAround, tellOfChange, failed, overwrite, isOurs: (event) => ours.has(event) };
})();
