import type { Card } from "../api/contract";

/** Missed days of one person. */
export interface OfPerson {
  code: string;
  name: string;
  cards: Card[];
}

export interface OfUnit {
  code: string;
  name: string;
  days: number;
  people: OfPerson[];
}

/** Missed days by unit and person, whoever missed most first. */
export function byUnit(cards: readonly Card[]): OfUnit[] {
  const units = new Map<string, OfUnit>();
  for (const card of cards) {
    const { code, name, unit } = card.of;
    const of = units.get(unit.code) ?? { code: unit.code, name: unit.name, days: 0, people: [] };
    units.set(unit.code, of);
    of.days += 1;
    let person = of.people.find((one) => one.code === code);
    if (!person) of.people.push((person = { code, name, cards: [] }));
    person.cards.push(card);
  }
  const sorted = [...units.values()].sort((a, b) => b.days - a.days);
  for (const unit of sorted) unit.people.sort((a, b) => b.cards.length - a.cards.length);
  return sorted;
}
