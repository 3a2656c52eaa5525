import type { KeyboardEvent } from "react";
import { useEffect, useRef, useState } from "react";
import { go } from "../app/route";
import { best } from "../words/initials";
import { t } from "../words/words";
import type { Act } from "./acts";
import { presentActs } from "./acts";
import { keyNames } from "./names";
import "./keys.css";

/** Everything that can be done now, by a few letters. It never covers the queue. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [acts] = useState(() => presentActs().filter((act) => !act.keyOnly));
  const [typed, setTyped] = useState("");
  const [cursor, setCursor] = useState(0);
  const before = useRef<Element | null>(null);

  useEffect(() => {
    before.current = document.activeElement;
    return () => {
      if (before.current instanceof HTMLElement) before.current.focus();
    };
  }, []);

  const issue = /^#?(\d{1,9})$/.exec(typed.trim())?.[1];
  const shown: Act[] = [
    ...(issue
      ? [
          {
            id: "issue",
            words: t("act.open_issue", { number: issue }),
            run: () => go(`/issues/${issue}`),
          },
        ]
      : []),
    ...best(acts, typed, (act) => [act.words]),
  ];
  const run = (act: Act | undefined) => {
    if (!act) return;
    onClose();
    // after the focus is back where it was
    setTimeout(act.run, 0);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) setCursor((shown.length + cursor + step) % Math.max(1, shown.length));
    else if (event.key === "Enter") run(shown[cursor]);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="palette" role="dialog" aria-label={t("act.palette")}>
      <input
        className="field"
        autoFocus
        value={typed}
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.placeholder")}
        onChange={(event) => {
          setTyped(event.target.value);
          setCursor(0);
        }}
        onKeyDown={press}
        onBlur={onClose}
      />
      <ul role="listbox" aria-label={t("act.palette")}>
        {shown.map((act, index) => (
          <li
            key={act.id}
            role="option"
            aria-selected={index === cursor}
            data-active={index === cursor}
            onMouseDown={(event) => {
              event.preventDefault();
              run(act);
            }}
          >
            <span>{act.words}</span>
            {keyNames(act).map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </li>
        ))}
        {shown.length === 0 ? <li className="quiet">{t("palette.none")}</li> : null}
      </ul>
    </div>
  );
}
