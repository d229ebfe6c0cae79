// How does something come to the front, hold the focus, and go again?
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { X } from "lucide-react";
import { classes } from "../classes";
import { IconButton } from "../IconButton/IconButton";
import styles from "./Dialog.module.css";

type Props = {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot, outside what scrolls. */
  footer?: ReactNode;
  size?: "small" | "medium" | "large";
  /** The title is for screen readers only, as in the palette. */
  bare?: boolean;
  /** An alert asks before something cannot be undone. */
  alert?: boolean;
  /** Holds something that is shown once: neither Escape nor a press beside it closes it. */
  keep?: boolean;
};

/** A modal dialog. Escape closes it, unless it keeps, and the focus returns to where it was. */
export function Dialog({ title, closeLabel, onClose, children, footer, size = "medium", bare = false, alert = false, keep = false }: Props) {
  return (
    <ModalOverlay isOpen isDismissable={!alert && !keep} isKeyboardDismissDisabled={keep} onOpenChange={(open) => { if (!open) onClose(); }} className={classes(styles.overlay, bare && styles.top)}>
      <Modal className={classes(styles.modal, styles[size])}>
        <AriaDialog role={alert ? "alertdialog" : "dialog"} className={styles.dialog}>
          <div className={bare ? "visually-hidden" : styles.header}>
            <Heading slot="title" className={styles.title}>{title}</Heading>
            {bare || alert || keep ? null : <IconButton label={closeLabel} icon={<X aria-hidden="true" />} onPress={onClose} />}
          </div>
          <div className={bare ? styles.bareBody : styles.body}>{children}</div>
          {footer === undefined ? null : <div className={styles.footer}>{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
