// How does the fake take files in, send them and give them back?
import type { BeginFileRequest, FilePartRequest, FilePreview, FileView, OutgoingFile, Priority, SendFileRequest } from "../bindings";
import { FakeRegister } from "./register";

const PART = 1024 * 1024;
const PDF = "application/pdf";
/** A PNG: a made-up wound, 160 by 100 points. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAKAAAABkCAIAAACO1KzYAAABeklEQVR42u3dwQ3CMBBFwS2EE2Vwoizq4kANFEMR9BA5jvd7pFdBRigCvOv6fT8KrjwCwAIswAIswAIswIAFWIAFWIAFWIABC7AAC7AAn9j7+QDcku2MAKeJ5nkX1GzsgpqNXVyzpYtrtnShzWYutNnMhTabuehmGxfabOZCm81ckbqv2/1YecaVoXtY9FrvEOB2rjOl2wN3p53A3Bg4w3WCdEvgVN1extVCdyna85g3BV5Wd7hxG+BNaM9gbgC8oe7KxoABXwHcTneg8dLAO+uuaQwY8Fzg1rqjjAEDBgx4OLAX8IKvYZ9gn2DAgAED9j0YMOD1gf0W7c8G/yYBBuxEB11nspzJcqrSqUrnop2LNtmw62SD2aT82STThfnTheaD8+eDTfjnT/jb0ZG/owNz/pYde7JsuqNrVyVa22bR2hdtXzRpG99Ju7PBrSuA3ZsE+CrvgCfj7sLw3D4KWIAFWIAFWIAFGLAAC7AAC7AACzBgARZgAdbU/jIGhzsJX9cNAAAAAElFTkSuQmCC";

type Staged = OutgoingFile & { thread: string; head: string; data: string[] };

/** The files' part of the port. */
export abstract class FakeFiles extends FakeRegister {
  private outgoing: Staged[] = [];
  private filesTaken = 0;
  /** The PDFs that were sent, by name, as they were. */
  private readonly pdfs = new Map<string, string>();

  /** Puts a message with a file into the log, as the outbox would. */
  protected abstract share(thread: string, file: FileView, text: string, priority: Priority): void;
  /** The file of a message. */
  protected abstract fileAt(thread: string, seq: number): FileView | null;
  /** Notes that all of it is here. */
  protected abstract fetched(thread: string, seq: number): void;

  private staged(file: string): Staged {
    return this.outgoing.find((one) => one.file === file) ?? this.reject("not_found");
  }

  beginFile(request: BeginFileRequest): Promise<string> {
    return this.answer("beginFile", [request], () => {
      if (request.bytes > 100 * PART) this.reject("file_too_large");
      if (request.bytes === 0) this.reject("malformed");
      this.filesTaken += 1;
      const file = `file-${this.filesTaken}`;
      this.outgoing.push({ file, name: request.name, bytes: request.bytes, done: 0, parts: Math.ceil(request.bytes / PART), state: { kind: "staged" }, thread: request.thread, head: "", data: [] });
      return file;
    });
  }

  putFilePart(request: FilePartRequest): Promise<void> {
    return this.answer("putFilePart", [request], () => {
      const one = this.staged(request.file);
      if (request.number === 0) one.head = atob(request.data).slice(0, 8);
      if (one.head.startsWith("MZ") || one.head.startsWith("PK")) {
        this.outgoing = this.outgoing.filter((other) => other !== one);
        this.reject("file_refused");
      }
      one.done += 1;
      one.data.push(atob(request.data));
      this.emit({ kind: "threads_changed", threads: [one.thread] });
    });
  }

  sendFile(request: SendFileRequest): Promise<void> {
    return this.answer("sendFile", [request], () => {
      const one = this.staged(request.file);
      this.outgoing = this.outgoing.filter((other) => other !== one);
      const picture = one.head.includes("PNG");
      const media_type = picture ? "image/png" : one.head.startsWith("%PDF") ? PDF : "text/plain";
      const viewable = media_type !== "text/plain";
      if (media_type === PDF) this.pdfs.set(one.name, btoa(one.data.join("")));
      this.share(one.thread, { name: one.name, bytes: one.bytes, here: one.parts, parts: one.parts, viewable, media_type }, request.text, request.priority);
    });
  }

  retryFile(file: string): Promise<void> {
    return this.answer("retryFile", [file], () => {
      this.staged(file).state = { kind: "sending" };
    });
  }

  discardFile(file: string): Promise<void> {
    return this.answer("discardFile", [file], () => {
      const one = this.staged(file);
      this.outgoing = this.outgoing.filter((other) => other !== one);
    });
  }

  outgoingFiles(thread: string): Promise<OutgoingFile[]> {
    return this.answer("outgoingFiles", [thread], () => this.outgoing.filter((one) => one.thread === thread).map(({ thread: _thread, head: _head, data: _data, ...one }) => one));
  }

  fetchFile(thread: string, seq: number): Promise<void> {
    return this.answer("fetchFile", [thread, seq], () => {
      if (this.fileAt(thread, seq) === null) this.reject("malformed");
      this.fetched(thread, seq);
      this.emit({ kind: "threads_changed", threads: [thread] });
    });
  }

  cancelFetch(thread: string, seq: number): Promise<void> {
    return this.answer("cancelFetch", [thread, seq], () => undefined);
  }

  filePreview(thread: string, seq: number): Promise<FilePreview> {
    return this.answer("filePreview", [thread, seq], () => {
      const file = this.fileAt(thread, seq);
      if (file?.viewable !== true) this.reject("file_refused");
      const pdf = this.pdfs.get(file?.name ?? "");
      if (pdf !== undefined) return { media_type: PDF, data: pdf };
      return { media_type: "image/png", data: PICTURE };
    });
  }
}
