import { Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { useAct } from "../api/acts";
import { useCategories, usePeople, usePlaces } from "../api/queries";
import type { Write } from "../api/client";
import { change } from "../api/client";
import { Similar } from "../customers/Similar";
import type { Channel, Issue, Report, Urgency } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { focusFirst, focusMissing } from "../parts/fields";
import { refusal } from "../parts/refusal";
import { FirstActions } from "../queue/FirstActions";
import { siteNow } from "../time/clock";
import { typedMoment } from "../time/typed";
import { both, named, t } from "../words/words";
import { CallerFields } from "./CallerFields";
import { RelayRows } from "./RelayRows";
import { callerOptions, categoryOptions, placeOptions } from "./options";
import { bodyOf, emptyTelling } from "./typed-telling";
import type { TypedTelling } from "./typed-telling";

interface TellingFormProps {
  /** At the centre it enters the queue, at the desk the register. */
  at: "centre" | "desk";
  onDone: (answer: Report | Issue) => void;
  onClose: () => void;
}

const CHANNELS = {
  centre: ["telephone", "walk_in", "squad_leader", "captain", "on_site_supervisor"],
  desk: ["telephone", "walk_in", "squad_leader", "captain", "on_site_supervisor", "desk"],
} as const;
const URGENCIES: readonly Urgency[] = ["ordinary", "urgent", "life_safety"];

/** Somebody tells us in words: by which way, through whom, when, and what (五.1(1)). */
export function TellingForm({ at, onDone, onClose }: TellingFormProps) {
  const act = useAct<Report | Issue>();
  const [telling, setTelling] = useState<TypedTelling>(emptyTelling);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const { data: categories } = useCategories();
  const { data: places } = usePlaces();
  const { data: people } = usePeople();
  useEffect(() => focusFirst(form.current), []);

  const set = (part: Partial<TypedTelling>) => setTelling((old) => ({ ...old, ...part }));
  const category = categories?.find((one) => one.code === telling.category);
  const send = () => {
    const body = bodyOf(telling, siteNow(), at);
    setMissing(body === null);
    if (body === null) return focusMissing(form.current);
    const write =
      at === "centre"
        ? change("/api/v1/reports", undefined, body)
        : change("/api/v1/issues", undefined, body);
    act.mutate([write as Write<Report | Issue>], {
      onSuccess: (answer) => {
        onClose();
        onDone(answer);
      },
    });
  };
  useActs([
    {
      id: "telling-send",
      words: t("telling.send"),
      keys: ["mod+Enter"],
      everywhere: true,
      run: send,
    },
    { id: "telling-close", words: t("act.back"), keys: ["Escape"], everywhere: true, run: onClose },
  ]);

  return (
    <div className="telling complete-form" ref={form} data-form>
      <h1>{t("telling.title")}</h1>
      <p className="form-note form-wide">
        {t(at === "centre" ? "telling.note_centre" : "telling.note_desk")}
      </p>
      <label>{t("telling.channel")}</label>
      <select
        className="field field-time"
        aria-label={t("telling.channel")}
        value={telling.channel}
        onChange={(event) => set({ channel: event.target.value as TypedTelling["channel"] })}
        data-testid="form-channel"
      >
        {CHANNELS[at].map((one: Channel) => (
          <option key={one} value={one}>
            {named("channel", one)}
          </option>
        ))}
      </select>
      <label>{t("form.words")}</label>
      <textarea
        className="field"
        rows={3}
        value={telling.words}
        aria-label={t("form.words")}
        placeholder={t("form.words_how")}
        onChange={(event) => set({ words: event.target.value })}
        data-field
        data-missing={telling.words.trim() === ""}
        data-testid="form-words"
      />
      <Similar
        text={telling.words}
        place={telling.place}
        category={telling.category}
        joining={(issue) => {
          const body = bodyOf(telling, siteNow(), "centre");
          return body && change("/api/v1/issues/{number}/tellings", issue, body);
        }}
        onJoined={(answer) => {
          onClose();
          if (at === "desk") onDone(answer);
        }}
      />
      <label>{t("form.category")}</label>
      <div className="form-pair">
        <Choice
          label={t("form.category")}
          options={categoryOptions(categories ?? [])}
          value={telling.category}
          onPick={(code) => set({ category: code, urgency: null })}
          placeholder={t("form.category_how")}
          testId="form-category"
          required={at === "desk"}
        />
        <Segmented
          aria-label={t("form.urgency")}
          options={URGENCIES.map((one) => ({ value: one, label: named("urgency", one) }))}
          value={telling.urgency ?? category?.urgency ?? "ordinary"}
          onChange={(value) => set({ urgency: value as Urgency })}
        />
      </div>
      {category?.first_actions ? <FirstActions words={both(category.first_actions)} /> : null}
      <label>{t("form.place")}</label>
      <Choice
        label={t("form.place")}
        options={placeOptions(places ?? [])}
        value={telling.place}
        onPick={(place) => set({ place })}
        placeholder={t("form.place_how")}
        testId="form-place"
        required={at === "desk"}
      />
      <label>{t("form.caller")}</label>
      <CallerFields
        options={callerOptions(people ?? [], [])}
        caller={telling}
        onChange={set}
        heardBy={telling.relays.find((relay) => relay.person)?.name ?? null}
      />
      <label htmlFor="told-at">{t("telling.told_at")}</label>
      <input
        id="told-at"
        className="field field-time"
        value={telling.toldAt}
        placeholder={t("telling.told_at_how")}
        aria-invalid={
          telling.toldAt !== "" && typedMoment(telling.toldAt, siteNow(), "past") === null
        }
        onChange={(event) => set({ toldAt: event.target.value })}
        data-field
        data-testid="form-told-at"
      />
      <label>{t("relay.title")}</label>
      <RelayRows
        relays={telling.relays}
        people={people ?? []}
        onChange={(relays) => set({ relays })}
      />
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
      {missing ? <Bar tone="warn">{t("telling.missing")}</Bar> : null}
      <div className="acts form-wide">
        <ActButton
          letter="Ctrl+Enter"
          words={t("telling.send")}
          onClick={send}
          primary
          busy={act.isPending}
          testId="telling-send"
        />
        <ActButton letter="Esc" words={t("act.back")} onClick={onClose} />
      </div>
    </div>
  );
}
