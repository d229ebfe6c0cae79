// Where does the main window begin?
import { createRoot } from "react-dom/client";
import { backend } from "#door";
import "../styles/base.css";
import { MainApp } from "./MainApp";

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<MainApp backend={backend} />);
