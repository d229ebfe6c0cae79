// Where did people of the fake clinic sign in, and what does the person say of what is new?
import type { NewSignIn, SignInView } from "../bindings";
import { FakeArrival } from "./arrival";

const HOUR = 3_600_000;

/** The part of the port that is about sign-ins. */
export abstract class FakeSignIns extends FakeArrival {
  private news: NewSignIn[] | null = null;
  /** How many other devices are not out. */
  private others = 2;

  /** What the session tells of. */
  protected newSignIns(): NewSignIn[] {
    const { now, newSignIn } = this.options;
    this.news ??= newSignIn === null ? [] : [{ device: "dev-cart", workstation: "3-West-Cart-1", location: "3 West, medication cart", at: now - HOUR, denied: newSignIn === "denied" }];
    return this.news;
  }

  private listed(): SignInView[] {
    const { now, empty } = this.options;
    return empty ? [] : [
      { workstation: "3-West-Cart-1", location: "3 West, medication cart", at: now - HOUR, recovery: false, here: false },
      { workstation: "Front-Desk-2", location: "Front desk, left", at: now - 60 * 24 * HOUR, recovery: true, here: true },
    ];
  }

  signIns(): Promise<SignInView[]> {
    return this.answer("signIns", [], () => this.listed());
  }

  signInsOf(account: string): Promise<SignInView[]> {
    return this.answer("signInsOf", [account], () => {
      if (!this.options.admin && this.options.role !== "privacy_officer") this.reject("not_permitted");
      return this.listed().map((one) => ({ ...one, here: false }));
    });
  }

  answerSignIn(device: string, mine: boolean): Promise<void> {
    return this.answer("answerSignIn", [device, mine], () => {
      if (!this.newSignIns().some((one) => one.device === device)) this.reject("not_found");
      this.news = this.newSignIns().filter((one) => one.device !== device || !mine).map((one) => (one.device === device ? { ...one, denied: true } : one));
      this.emit({ kind: "workstation_changed" });
    });
  }

  endDevice(device: string): Promise<void> {
    return this.answer("endDevice", [device], () => {
      const left = this.newSignIns().filter((one) => one.device !== device);
      if (left.length === this.newSignIns().length) this.reject("not_found");
      this.news = left;
      this.others -= 1;
      this.emit({ kind: "workstation_changed" });
    });
  }

  signOutElsewhere(): Promise<number> {
    return this.answer("signOutElsewhere", [], () => {
      const { others } = this;
      this.news = [];
      this.others = 0;
      this.emit({ kind: "workstation_changed" });
      return others;
    });
  }
}
