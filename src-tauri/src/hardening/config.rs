//! Does the configuration compiled into the app say what the security design asks for?

use std::collections::BTreeMap;

use tauri::utils::config::{Config, Csp, DisabledCspModificationKind, PatternKind};

use super::read;

fn built() -> Config {
    let context: tauri::Context<tauri::test::MockRuntime> = tauri::generate_context!(test = true);
    context.config().clone()
}

/// Directive by directive: order and spacing do not matter, everything else does.
fn csp(config: &Config) -> BTreeMap<String, Vec<String>> {
    let Some(csp) = config.app.security.csp.clone() else { panic!("there is no CSP") };
    let Csp::DirectiveMap(directives) = csp else { panic!("the CSP is not a map of directives") };
    directives
        .into_iter()
        .map(|(name, sources)| {
            let mut sources: Vec<String> =
                Vec::from(sources).iter().flat_map(|source: &String| source.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
            sources.sort();
            (name, sources)
        })
        .collect()
}

#[test]
fn the_content_security_policy_is_the_designs() {
    let config = built();
    let expected: BTreeMap<String, Vec<String>> = [
        ("default-src", vec!["'none'"]),
        ("script-src", vec!["'self'"]),
        ("style-src", vec!["'self'"]),
        ("img-src", vec!["'self'", "blob:"]),
        ("font-src", vec!["'self'"]),
        ("connect-src", vec!["http://ipc.localhost", "ipc:"]),
        ("object-src", vec!["'none'"]),
        ("base-uri", vec!["'none'"]),
        ("form-action", vec!["'none'"]),
    ]
    .into_iter()
    .map(|(name, sources)| (name.to_owned(), sources.into_iter().map(str::to_owned).collect()))
    .collect();
    assert_eq!(csp(&config), expected);
    assert!(config.app.security.dev_csp.is_none(), "development is as strict as the product");
}

#[test]
fn pages_get_no_more_than_the_isolated_bridge() {
    let config = built();
    let security = &config.app.security;
    assert!(security.freeze_prototype);
    assert!(matches!(&security.pattern, PatternKind::Isolation { dir } if dir.ends_with("ui/isolation")));
    assert!(matches!(security.dangerous_disable_asset_csp_modification, DisabledCspModificationKind::Flag(false)));
    assert!(!security.asset_protocol.enable);
    assert!(!config.app.with_global_tauri);
    assert!(config.app.windows.is_empty(), "windows are made by `windows::hardened` only");
    assert_eq!(config.plugins.0.len(), 0, "no plugin is configured");
}

#[test]
fn the_configuration_has_no_dangerous_key() {
    for file in ["tauri.conf.json", "src-tauri/capabilities/lock-window.json", "src-tauri/capabilities/content-window.json"] {
        assert!(!read(file).contains("dangerous"), "{file}");
    }
}

#[test]
fn every_window_is_made_hardened() {
    let windows = read("src-tauri/src/windows.rs");
    for line in [
        ".incognito(!is_automated())",
        ".data_directory(app.state::<Desk>().home().join(WEBVIEW))",
        ".content_protected(true)",
        ".general_autofill_enabled(false)",
        ".browser_extensions_enabled(false)",
        ".devtools(cfg!(debug_assertions))",
        ".on_navigation(|url| is_own(url, cfg!(dev)))",
        ".on_new_window(|_, _| NewWindowResponse::Deny)",
        ".on_permission_request(|_, _| PermissionResponse::Deny)",
        ".on_download(|_, _| false)",
    ] {
        assert!(windows.contains(line), "{line}");
    }
    assert_eq!(windows.matches("WebviewWindowBuilder::new(").count(), 1, "one place makes windows");
    assert_eq!(windows.matches("set_content_protected(on)").count(), 1, "one place lets one off, where a rule says so");
}

#[test]
fn no_plugin_reaches_files_network_shell_or_clipboard() {
    let manifest = read("Cargo.toml");
    let mut plugins: Vec<&str> =
        manifest.lines().filter_map(|line| line.split([' ', '.', '=']).next()).filter(|name| name.starts_with("tauri-plugin-")).collect();
    plugins.sort_unstable();
    assert_eq!(plugins, ["tauri-plugin-global-shortcut", "tauri-plugin-notification", "tauri-plugin-single-instance"]);
    let tauri = manifest.lines().find(|line| line.starts_with("tauri = ")).unwrap_or_else(|| panic!("tauri is missing"));
    for feature in ["devtools", "protocol-asset", "webview-data-url", "config-json5", "native-tls", "rustls-tls"] {
        assert!(!tauri.contains(feature), "{feature}");
    }
}
