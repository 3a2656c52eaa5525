import { Select } from "antd";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import { useUnits } from "../api/duties";
import { useCategories } from "../api/queries";
import type { Briefing, BriefingDraft, Role } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { WORKING_ROLES } from "../words/roles";
import { both, named, t } from "../words/words";

const SORTS: readonly BriefingDraft["sort"][] = ["meeting", "training", "notice"];
interface BriefingFormProps {
  /** A new version of this one; null: a new briefing. */
  briefing: Briefing | null;
  onDone: () => void;
}

/** What is to be known, and by whom; a new version asks everybody again. */
export function BriefingForm({ briefing, onDone }: BriefingFormProps) {
  const client = useQueryClient();
  const { data: units } = useUnits();
  const { data: categories } = useCategories();
  const [sort, setSort] = useState<BriefingDraft["sort"]>(
    SORTS.find((one) => one === briefing?.sort) ?? "notice",
  );
  const [title, setTitle] = useState(briefing?.title ?? "");
  const [roles, setRoles] = useState<Role[]>(briefing?.roles ?? []);
  const [forUnits, setForUnits] = useState(briefing?.units.map((one) => one.code) ?? []);
  const [about, setAbout] = useState(briefing?.categories ?? []);
  const publish = useMutation({
    mutationFn: (words: string) => {
      const body = { sort, title: title.trim(), words, roles, units: forUnits, categories: about };
      return send(
        briefing
          ? change("/api/v1/briefings/{number}/versions", briefing.number, body)
          : change("/api/v1/briefings", undefined, body),
      );
    },
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ["briefings"] }),
  });
  return (
    <section data-testid="briefing-form">
      {publish.error ? <Bar tone="warn">{refusal(publish.error)}</Bar> : null}
      <ReasonForm
        title={briefing ? t("briefings.revise") : t("briefings.new")}
        note={t("briefings.note")}
        label={t("briefings.words")}
        busy={publish.isPending}
        ready={title.trim() !== ""}
        onSubmit={(words) => publish.mutate(words)}
      >
        <label>
          {t("briefings.heading")}
          <input
            className="field"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            data-field
            data-testid="briefing-title"
          />
        </label>
        <Select
          aria-label={t("briefings.sort")}
          value={sort}
          onChange={setSort}
          options={SORTS.map((one) => ({ value: one, label: named("briefing", one) }))}
        />
        <Select
          mode="multiple"
          aria-label={t("briefings.roles")}
          placeholder={t("briefings.roles")}
          value={roles}
          onChange={setRoles}
          options={WORKING_ROLES.map((one) => ({ value: one, label: named("role", one) }))}
        />
        <Select
          mode="multiple"
          aria-label={t("briefings.units")}
          placeholder={t("briefings.units")}
          value={forUnits}
          onChange={setForUnits}
          options={(units ?? []).map((one) => ({ value: one.code, label: one.name }))}
        />
        <Select
          mode="multiple"
          aria-label={t("briefings.about")}
          placeholder={t("briefings.about")}
          value={about}
          onChange={setAbout}
          options={(categories ?? []).map((one) => ({ value: one.code, label: both(one) }))}
        />
      </ReasonForm>
      <div className="acts">
        <ActButton words={t("act.back")} onClick={onDone} />
      </div>
    </section>
  );
}
