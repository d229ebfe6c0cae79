// Where is a PDF read? In a worker of its own, which has lost the network before it reads a byte, and can be ended at any time.
import "./sealed";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
