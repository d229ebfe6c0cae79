// What CSS may say: tokens instead of colours, logical instead of physical sides.
const physical = "/^(margin|padding|border)-(left|right|top|bottom)/";
export default {
  rules: {
    "color-no-hex": true,
    "color-named": "never",
    "function-disallowed-list": ["rgb", "rgba", "hsl", "hsla", "oklch", "lab"],
    "property-disallowed-list": [physical, "left", "right", "top", "bottom", "float"],
    "declaration-property-value-disallowed-list": { "text-align": ["left", "right"], "/.*/": ["/!important/"] },
    "block-no-empty": true,
    "declaration-block-no-duplicate-properties": true,
    "no-duplicate-selectors": true,
    "property-no-unknown": [true, { ignoreProperties: ["forced-color-adjust", "field-sizing"] }],
    "selector-pseudo-class-no-unknown": [true, { ignorePseudoClasses: ["global"] }],
    "unit-no-unknown": true,
  },
  overrides: [
    { files: ["src/styles/tokens.css"], rules: { "color-no-hex": null, "function-disallowed-list": null } },
    { files: ["src/styles/base.css"], rules: { "declaration-property-value-disallowed-list": null, "color-named": null } },
  ],
};
