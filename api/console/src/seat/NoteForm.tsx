import { useState } from "react";
import { useNote } from "../api/handovers";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { t } from "../words/words";

/** What no list knows: orders, keys, what to keep an eye on. */
export function NoteForm() {
  const [words, setWords] = useState("");
  const note = useNote();
  return (
    <form
      className="handover-note"
      data-form
      onSubmit={(event) => {
        event.preventDefault();
        if (words.trim()) note.mutate(words.trim(), { onSuccess: () => setWords("") });
      }}
    >
      <label>
        {t("handover.note")}
        <textarea
          className="field"
          rows={2}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          data-testid="note-words"
        />
      </label>
      <div className="acts">
        <ActButton
          words={t("handover.add_note")}
          submits
          disabled={words.trim() === ""}
          busy={note.isPending}
          testId="note-add"
        />
      </div>
      {note.error ? <Bar tone="warn">{refusal(note.error)}</Bar> : null}
    </form>
  );
}
