// Where does the lock window begin?
import { createRoot } from "react-dom/client";
import { backend } from "#door";
import "../styles/base.css";
import { LockApp } from "./LockApp";

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<LockApp backend={backend} />);
