// Keeps a comment that is written while the editor saves by itself. Wagtail then takes the server's comments instead of those on
// the page, and what was begun or added after the save had left would be gone.
(() => {
  // Numbers of replies that are put back: far from those that Wagtail counts up to.
  let replyNumber = 1_000_000;
  let sent = new Set();

  const app = () => window.comments?.commentApp;
  const all = () => [...(app()?.store.getState().comments.comments.values() ?? [])];
  const sameThread = (one, other) => (one.remoteId
    ? one.remoteId === other.remoteId
    : one.contentpath === other.contentpath && one.text === other.text);

  function putBack(comment) {
    app().makeComment(comment.annotation, comment.contentpath, comment.position);
    const { store, actions } = app();
    const id = store.getState().comments.focusedComment;
    const { text, newText, newReply, mode } = comment;
    store.dispatch(actions.updateComment(id, { text, newText, newReply, mode }));
    return id;
  }

  function putBackInThread(old, thread) {
    const { store, actions } = app();
    const { newReply, newText, mode } = old;
    if (newReply || mode === "editing") store.dispatch(actions.updateComment(thread.localId, { newReply, newText, mode }));
    for (const reply of old.replies.values()) {
      if (reply.remoteId || sent.has(reply)) continue;
      store.dispatch(actions.addReply(thread.localId, { ...reply, localId: replyNumber += 1 }));
    }
  }

  document.addEventListener("w-autosave:save", () => {
    sent = new Set(all().flatMap((comment) => (comment.mode === "creating" ? [] : [comment.localId, ...comment.replies.values()])));
  });

  // Before Wagtail hears of it, and again when it has put the server's comments in place.
  document.addEventListener("w-autosave:success", ({ detail }) => {
    if (!detail?.data?.comments) return;
    const before = all();
    const { focusedComment } = app()?.store.getState().comments ?? {};
    setTimeout(() => {
      let focused = null;
      for (const comment of before) {
        if (!comment.remoteId && !sent.has(comment.localId)) {
          const id = putBack(comment);
          if (comment.localId === focusedComment) focused = id;
          continue;
        }
        const thread = all().find((one) => sameThread(comment, one));
        if (thread) putBackInThread(comment, thread);
        if (thread && comment.localId === focusedComment) focused = thread.localId;
      }
      const { store, actions } = app();
      store.dispatch(actions.setFocusedComment(focused, { updatePinnedComment: true, forceFocus: Boolean(focused) }));
    });
  }, true);
})();
