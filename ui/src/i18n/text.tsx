// How does a component say something in the person's language? By message id; a missing id or translation fails to compile.
import { createContext, useContext, useMemo, type ReactNode } from "react";
import { createIntl, createIntlCache, type IntlShape } from "react-intl";
import { I18nProvider } from "react-aria-components";
import type { Language } from "../backend/bindings";
import en from "./en.json";
import es from "./es.json";

/** Every sentence the app can say. */
export type MessageId = keyof typeof en;
type Values = Record<string, string | number>;
type RichValues = Record<string, ReactNode>;

/** The catalogues by language; both hold every id. */
export const CATALOGUES: Record<Language, Record<MessageId, string>> = { en, es };

/** What a component speaks with: `text(id, values)` for strings, `text.rich` where a value is an element. */
export type Text = {
  (id: MessageId, values?: Values): string;
  rich: (id: MessageId, values: RichValues) => ReactNode;
  intl: IntlShape;
  language: Language;
};

const TextContext = createContext<Text | null>(null);

/** Makes the speaker of a language. Throws on a malformed message: a programming error that tests find. */
export function makeText(language: Language): Text {
  const intl = createIntl(
    { locale: language, messages: CATALOGUES[language], onError: (error) => { throw error; } },
    createIntlCache(),
  );
  const say = (id: MessageId, values?: Values): string => intl.formatMessage({ id }, values);
  const rich = (id: MessageId, values: RichValues): ReactNode => intl.formatMessage({ id }, values);
  return Object.assign(say, { rich, intl, language });
}

/** Speaks `language` to everything below, React Aria's own words included. */
export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const text = useMemo(() => makeText(language), [language]);
  return (
    <TextContext value={text}>
      <I18nProvider locale={language}>{children}</I18nProvider>
    </TextContext>
  );
}

/** The speaker in force. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (text === null) throw new Error("no TextProvider above this component");
  return text;
}
