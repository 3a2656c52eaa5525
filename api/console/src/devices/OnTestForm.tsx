import { useMemo, useState } from "react";
import { useTestAct } from "../api/on-test";
import { useDevices, usePlaces } from "../api/queries";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import type { Option } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { t } from "../words/words";

const MINUTES = [10, 30, 60, 120, 240, 480];

/** Which device or place, for how long, and why. */
export function OnTestForm({ onDone }: { onDone: () => void }) {
  const { data: devices } = useDevices();
  const { data: places } = usePlaces();
  const [what, setWhat] = useState<string | null>(null);
  const [minutes, setMinutes] = useState(30);
  const act = useTestAct();
  const options = useMemo<Option[]>(
    () => [
      ...(devices?.items ?? []).map((one) => ({
        value: `device ${one.code}`,
        label: one.name,
        detail: one.place ? pathOf(one.place.path) : undefined,
        names: [one.code],
      })),
      ...(places ?? []).map((one) => ({
        value: `place ${one.code}`,
        label: pathOf(one.path),
        detail: t("on_test.all_there"),
        names: [one.code],
      })),
    ],
    [devices, places],
  );
  const life = devices?.items.find((one) => `device ${one.code}` === what)?.system === "fire_phone";
  const submit = (reason: string) => {
    if (what === null) return;
    const [of, ...code] = what.split(" ");
    const named = { [of === "place" ? "place" : "device"]: code.join(" ") };
    act.mutate(
      { what: "begin", body: { device: null, place: null, ...named, minutes, reason } },
      { onSuccess: onDone },
    );
  };
  return (
    <ReasonForm
      title={t("on_test.put")}
      note={t("on_test.note")}
      label={t("on_test.reason")}
      busy={act.isPending}
      ready={what !== null}
      onSubmit={submit}
    >
      <Choice
        options={options}
        value={what}
        onPick={setWhat}
        label={t("on_test.what")}
        placeholder={t("on_test.what")}
        testId="test-what"
        required
      />
      <label>
        {t("on_test.lasts")}
        <select
          className="field"
          value={minutes}
          onChange={(event) => setMinutes(Number(event.target.value))}
          data-testid="test-minutes"
        >
          {MINUTES.map((one) => (
            <option key={one} value={one}>
              {t("on_test.minutes", { count: one })}
            </option>
          ))}
        </select>
      </label>
      {life ? <Bar tone="danger">{t("on_test.life_note")}</Bar> : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
      <div className="acts">
        <ActButton words={t("on_test.cancel")} onClick={onDone} />
      </div>
    </ReasonForm>
  );
}
