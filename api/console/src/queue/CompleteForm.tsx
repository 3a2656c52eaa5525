import { Segmented } from "antd";
import type { RefObject } from "react";
import { usePeople, usePlaces } from "../api/queries";
import type { Report, Urgency } from "../api/contract";
import { change as changing } from "../api/client";
import { Similar } from "../customers/Similar";
import { Choice } from "../parts/Choice";
import { CallerFields } from "../telling/CallerFields";
import { callerOptions, categoryOptions, placeOptions } from "../telling/options";
import { both, named, t } from "../words/words";
import { callerBody, callerLacks } from "./draft";
import { FirstActions } from "./FirstActions";
import type { Completion } from "./useCompletion";

interface CompleteFormProps {
  report: Report;
  completion: Completion;
  form: RefObject<HTMLDivElement | null>;
}

/** Whom cards and faces near the call name, nearest first. */
function hintedNames(report: Report): string[] {
  const near = [...report.hints].sort((a, b) => Math.abs(a.seconds) - Math.abs(b.seconds));
  return [...new Set(near.flatMap((hint) => (hint.who ? [hint.who] : [])))];
}

const URGENCIES: readonly Urgency[] = ["ordinary", "urgent", "life_safety"];

/** Four fields, suggested as far as anything is known; what is right is passed by with Enter. */
export function CompleteForm({ report, completion, form }: CompleteFormProps) {
  const { draft, category, categories, wordsIfEmpty, change } = completion;
  const { data: places } = usePlaces();
  const { data: people } = usePeople();
  return (
    <div className="complete-form" ref={form} data-form>
      <label>{t("form.category")}</label>
      <div className="form-pair">
        <Choice
          label={t("form.category")}
          options={categoryOptions(categories)}
          value={category?.code ?? null}
          onPick={(code) => change({ category: code, urgency: null })}
          placeholder={t("form.category_how")}
          testId="form-category"
          required
        />
        <Segmented
          aria-label={t("form.urgency")}
          options={URGENCIES.map((one) => ({ value: one, label: named("urgency", one) }))}
          value={draft.urgency ?? category?.urgency ?? report.urgency}
          onChange={(value) => change({ urgency: value as Urgency })}
        />
      </div>
      {category?.first_actions ? <FirstActions words={both(category.first_actions)} /> : null}
      <label>{t("form.place")}</label>
      <Choice
        label={t("form.place")}
        options={placeOptions(places ?? [])}
        value={draft.place}
        onPick={(place) => change({ place })}
        placeholder={t("form.place_how")}
        testId="form-place"
        required
      />
      <label>{t("form.caller")}</label>
      <CallerFields
        options={callerOptions(people ?? [], report.hints)}
        caller={draft}
        onChange={change}
        hinted={hintedNames(report)}
        heardBy={report.relays.find((relay) => relay.by_person)?.by_person?.name ?? null}
      />
      <label htmlFor="form-words">{t("form.words")}</label>
      <textarea
        id="form-words"
        className="field"
        rows={3}
        value={draft.words}
        placeholder={
          wordsIfEmpty ? t("form.words_if_empty", { words: wordsIfEmpty }) : t("form.words_how")
        }
        onChange={(event) => change({ words: event.target.value })}
        data-field
        data-testid="form-words"
      />
      <Similar
        text={draft.words || wordsIfEmpty}
        place={draft.place}
        category={category?.code ?? null}
        except={report.issue}
        joining={(issue) =>
          callerLacks(draft)
            ? null
            : changing("/api/v1/reports/{number}/join", report.number, {
                issue,
                caller: callerBody(draft),
              })
        }
        onJoined={completion.done}
      />
    </div>
  );
}
