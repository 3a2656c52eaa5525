import { language, named, t } from "../words/words";
import type { Key } from "../words/words";

/** What our own gateways say in a sentence: how it begins and ends, and our words for it. */
const SAID: readonly (readonly [RegExp, Key])[] = [
  [/^no picture from before that moment is kept$/, "said.none_before"],
  [/^no picture from that moment is kept$/, "said.none_then"],
  [/^the oldest is (\d+) s later$/, "said.oldest_later"],
  [/^the oldest is (\d+) s earlier$/, "said.oldest_earlier"],
  [/^the camera did not answer in time$/, "said.no_answer"],
  [/^the camera broke off: (.+)$/, "said.broke_off"],
  [/^the camera was not asked$/, "said.not_asked"],
  [/^the camera answered (\d+)(?: .*)?$/, "said.answered"],
  [/^what the camera sent is no (?:picture|film): (.+)$/, "said.no_picture"],
  [/^the camera's film ended before its first picture$/, "said.film_ended"],
  [/^the camera's (?:picture|answer) has no end.*$/, "said.no_end"],
  [/^the (?:picture's file|stream's picture) has more than (\d+) bytes$/, "said.too_large"],
  [/^the picture's file cannot be read: (.+)$/, "said.file_unread"],
  [/^the camera names no media profile$/, "said.no_profile"],
  [/^the camera names no address of a still$/, "said.no_address"],
  [/^the camera's answer is not the XML of ONVIF$/, "said.not_onvif"],
  [/^the camera's answer has a document type$/, "said.not_onvif"],
  [/^the camera's name (\S+) is unknown: .*$/, "said.name_unknown"],
  [/^the camera's name (\S+) leads to .*: refused$/, "said.name_refused"],
  [/^the process that reads the camera's stream did not start in time$/, "said.reader_late"],
  [/^the process that read the camera's stream died$/, "said.reader_died"],
  [/^the camera's stream did not show a picture in time$/, "said.stream_late"],
  [/^no picture from the camera: (.+)$/, "said.stream_says"],
  [/^too many pictures of this camera are asked for at once$/, "said.too_many"],
  [/^this gateway knows no camera (.+)$/, "said.no_camera"],
  [/^a picture cannot be used: (.+)$/, "said.unusable"],
  [/^(\d+%) of the region differs$/, "said.region_differs"],
  [/^(\d+) of (\d+) parts of the region differ$/, "said.parts_differ"],
  [/^a small part of the region differs$/, "said.small_part"],
  [/^light rose by (\d+%)$/, "said.light_rose"],
  [/^light fell by (\d+%)$/, "said.light_fell"],
  [/^the camera shifted by (\d+) px: look where the region lies$/, "said.shifted"],
  [/^the region is too small or out of view$/, "said.region_out"],
  [/^the region is so small on this view that a person shall look$/, "said.region_small"],
  [/^no part of the pictures can be compared$/, "said.nothing_compared"],
  [/^the whole picture was asked about; a region tells more$/, "said.whole_picture"],
  [/^neither picture is clearly nearer to the clean reference$/, "said.neither_nearer"],
  [/^the picture before is nearer to the clean reference$/, "said.before_nearer"],
  [/^the picture after is nearer to the clean reference$/, "said.after_nearer"],
];

/**
 * Say in the reader's language why a camera sent what it sent, or nothing.
 *
 * A code of ours has its words, a sentence of ours its translation; what a device says in its own
 * words stays as it came, and is marked as such.
 */
export function deviceWords(reason: string | null): string {
  const code = reason ?? "unsaid";
  const coded = named("missing", code);
  if (coded !== code.replaceAll("_", " ")) return coded;
  const whole = sentence(code);
  if (whole) return whole;
  return code
    .split("; ")
    .map((part) => sentence(part) ?? t("said.own_words", { words: part }))
    .join(t("said.join"));
}

function sentence(words: string): string | null {
  for (const [pattern, key] of SAID) {
    const found = pattern.exec(words);
    if (found) {
      const [a = "", b = ""] = found.slice(1);
      return language() === "en" ? words : t(key, { a, b });
    }
  }
  return null;
}
