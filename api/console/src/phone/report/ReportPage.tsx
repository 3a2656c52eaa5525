import { useEffect, useState } from "react";
import type { FoundReport, Shot } from "../outbox/item";
import { newKey, put } from "../outbox/outbox";
import type { useOutbox } from "../outbox/outbox";
import { OutboxList } from "../outbox/OutboxList";
import { useReading } from "../reading";
import { t } from "../words";
import { Check } from "./Check";
import type { Draft } from "./draft";
import { FRESH, nextStep, placeInAddress } from "./draft";
import { PickKind } from "./PickKind";
import { PickPlace } from "./PickPlace";
import { note, remembered } from "./remembered";
import { Shoot } from "./Shoot";

/** Picture, where, what, send: four taps at most; three after a code at the spot was scanned. */
export function ReportPage({ of, outbox }: { of: string; outbox: ReturnType<typeof useOutbox> }) {
  const places = useReading(of, "/api/v1/places");
  const kinds = useReading(of, "/api/v1/categories");
  const [draft, setDraft] = useState<Draft>(FRESH);
  const [problem, setProblem] = useState(false);
  const scanned = placeInAddress(location.pathname);
  const known = places.value?.items;
  const at = draft.place ?? known?.find((one) => one.code === scanned) ?? null;
  const step = nextStep({ ...draft, place: at });

  useEffect(() => {
    scrollTo(0, 0);
  }, [step]);

  const shot = (taken: Omit<Shot, "shows">, spot: boolean) => {
    const last = remembered();
    // On the spot one tap is left: the last place and kind stand there already, and can be changed.
    const guess = spot && draft.step === "shoot";
    setDraft({
      ...draft,
      spot,
      shots: [{ ...taken, shows: spot ? "after" : "before" }],
      place: at ?? (guess ? (known?.find((one) => one.code === last.places[0]) ?? null) : null),
      kind: guess ? (kinds.value?.items.find((one) => one.code === last.spot) ?? null) : draft.kind,
      step: "go",
    });
  };
  const send = async (spot: boolean) => {
    if (!at || !draft.kind) return;
    const { kind, shots } = draft;
    const words = draft.words.trim() || t("phone.found_words", { kind: kind.zh });
    const item: FoundReport = {
      kind: "report",
      id: newKey(),
      of,
      written: Date.now(),
      state: "kept",
      place: at,
      category: { code: kind.code, zh: kind.zh, en: kind.en },
      words,
      how: spot ? draft.words.trim() || t("phone.spot_how") : null,
      shots: shots.map((one, n) => (n === 0 ? { ...one, shows: spot ? "after" : "before" } : one)),
    };
    try {
      await put(item);
    } catch {
      setProblem(true);
      return;
    }
    note(at.code, kind.code, spot);
    if (scanned) history.replaceState(null, "", "/m/");
    setProblem(false);
    setDraft(FRESH);
  };

  if (step === "shoot") {
    return (
      <>
        <Shoot
          place={at}
          onShot={shot}
          onWithout={() => setDraft({ ...draft, place: at, step: "go" })}
        />
        <OutboxList items={outbox.items} last={3} />
      </>
    );
  }
  const back = () => setDraft(FRESH);
  if (step === "place") {
    return (
      <PickPlace
        places={known ?? []}
        problem={known ? undefined : places.problem}
        onBack={back}
        onPick={(place) => setDraft({ ...draft, place })}
      />
    );
  }
  if (step === "kind") {
    return (
      <PickKind
        kinds={kinds.value?.items ?? []}
        problem={kinds.value ? undefined : kinds.problem}
        onBack={back}
        onPick={(kind) => setDraft({ ...draft, place: at, kind })}
      />
    );
  }
  return (
    <>
      {problem ? (
        <p className="bar danger" role="alert">
          {t("phone.not_kept")}
        </p>
      ) : null}
      <Check
        draft={{ ...draft, place: at }}
        onBack={back}
        onChange={setDraft}
        onSend={(spot) => void send(spot)}
      />
    </>
  );
}
