import { useState } from "react";
import { ActButton } from "../parts/ActButton";
import { t } from "../words/words";

/** Where the display hangs; then its link is shown. */
export function GrantForm({ busy, onGrant }: { busy: boolean; onGrant: (name: string) => void }) {
  const [name, setName] = useState("");
  return (
    <form
      className="acts"
      data-form
      onSubmit={(event) => {
        event.preventDefault();
        if (!name.trim()) return;
        onGrant(name.trim());
        setName("");
      }}
    >
      <label>
        {t("walls.name")}{" "}
        <input
          className="field"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={200}
          data-testid="wall-name"
        />
      </label>
      <ActButton
        words={t("walls.grant")}
        submits
        primary
        disabled={!name.trim()}
        busy={busy}
        testId="wall-grant"
      />
    </form>
  );
}
