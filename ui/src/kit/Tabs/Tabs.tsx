// How do a few views of one place stand side by side?
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";
import styles from "./Tabs.module.css";

/** One view. */
export type TabItem = { id: string; label: string; content: ReactNode };

/** Tabs; the arrow keys walk them and only the chosen one is drawn. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly TabItem[] }) {
  return (
    <AriaTabs className={styles.tabs}>
      <TabList aria-label={label} className={styles.list}>{tabs.map((tab) => <Tab key={tab.id} id={tab.id} className={styles.tab}>{tab.label}</Tab>)}</TabList>
      {tabs.map((tab) => <TabPanel key={tab.id} id={tab.id} className={styles.panel}>{tab.content}</TabPanel>)}
    </AriaTabs>
  );
}
