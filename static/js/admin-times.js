// A field for a time: the server says, while one types, how the text is understood; the text itself is never changed but by
// choosing in the browser's own calendar, which opens only when it is asked to. See site_core/time_fields.py.
(() => {
  const PAUSE = 250;

  class TimeField extends window.StimulusModule.Controller {
    static targets = ["text", "read"];
    static values = { kind: String, url: String, picker: String };

    connect() {
      const text = this.textTarget;
      this.initial = text.value;
      this.read = this.readTarget;
      this.read.id = `${text.id}-read`;
      const described = (text.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== this.read.id);
      text.setAttribute("aria-describedby", [...described, this.read.id].join(" "));
      this.addPicker();
      this.handlers = [
        [text, "input", () => this.askSoon()],
        [text, "change", () => this.askSoon()],
        [text.form, "formdata", (event) => this.sendAlong(event.formData)],
        [text.form, "submit", () => { this.leaving = true; }],
        [window, "beforeunload", (event) => this.warn(event)],
      ].filter(([target]) => target);
      for (const [target, name, act] of this.handlers) target.addEventListener(name, act);
      this.ask();
    }

    disconnect() {
      clearTimeout(this.timer);
      this.asking?.abort();
      for (const [target, name, act] of this.handlers) target.removeEventListener(name, act);
      this.picker.closest("label").remove();
    }

    // The browser's own: it works with the keyboard alone and covers nothing before it is opened. It has no name: it isn't sent.
    addPicker() {
      const picker = document.createElement("input");
      picker.type = this.kindValue === "date" ? "date" : "datetime-local";
      picker.className = "time-field__picker";
      const named = this.textTarget.labels?.[0]?.textContent.replace("*", "").trim();
      picker.setAttribute("aria-label", [named, this.pickerValue].filter(Boolean).join(": "));
      picker.addEventListener("change", (event) => {
        event.stopPropagation();
        // While a year is typed in it, it passes through years that nobody means.
        if (!picker.value || picker.value < "2") return;
        this.textTarget.value = picker.value.replace("T", " ");
        this.textTarget.dispatchEvent(new Event("input", { bubbles: true }));
        this.textTarget.dispatchEvent(new Event("change", { bubbles: true }));
      });
      picker.addEventListener("input", (event) => event.stopPropagation());
      const label = document.createElement("label");
      label.className = "time-field__pick";
      label.append(this.pickerValue, picker);
      this.textTarget.after(label);
      this.picker = picker;
    }

    askSoon() {
      this.answer = null;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      this.asking?.abort();
      this.asking = new AbortController();
      const text = this.textTarget.value;
      if (!text.trim()) return this.show({});
      try {
        const query = new URLSearchParams({ kind: this.kindValue, text });
        const response = await fetch(`${this.urlValue}?${query}`, { signal: this.asking.signal, headers: { Accept: "application/json" } });
        const answer = await response.json();
        if (text === this.textTarget.value) this.show(answer);
      } catch {
        // Without an answer nothing is said: the server reads the text again when it is saved.
      }
    }

    show(answer) {
      this.answer = answer;
      this.read.textContent = answer.refused ?? (answer.words ? `= ${answer.words}` : "");
      this.read.classList.toggle("time-field__read--refused", Boolean(answer.refused));
      this.textTarget.toggleAttribute("aria-invalid", Boolean(answer.refused));
      if (answer.refused) this.textTarget.setAttribute("aria-invalid", "true");
      // A value that is being chosen in the calendar is left alone.
      if (this.textTarget.value !== this.picker.value.replace("T", " ")) this.picker.value = answer.local ?? "";
    }

    // What was shown goes along with what was typed: "i morgon" must not come to mean another day before it is saved.
    sendAlong(formData) {
      const { value, name } = this.textTarget;
      if (value !== this.initial && this.answer?.moment) formData.set(`${name}-shown`, this.answer.moment);
    }

    // The editor saves the rest by itself and counts as saved: a time that was refused is not.
    warn(event) {
      if (!this.leaving && this.answer?.refused && this.textTarget.value !== this.initial) event.preventDefault();
    }
  }

  window.wagtail.app.register("time-field", TimeField);
})();
