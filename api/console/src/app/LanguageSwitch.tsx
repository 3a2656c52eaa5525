import { remember } from "./settings";
import { useLanguage } from "../words/words";

/** The other language's own name, as its readers look for it. */
export function LanguageSwitch() {
  const other = useLanguage() === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className="plain"
      onClick={() => remember({ language: other })}
      lang={other === "zh" ? "zh-CN" : "en"}
      data-testid="language"
    >
      {other === "zh" ? "中文" : "English"}
    </button>
  );
}
