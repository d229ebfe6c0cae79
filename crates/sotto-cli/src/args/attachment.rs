//! What may be typed about which files may be sent?

use clap::Args;
use sotto_client::view::AttachmentTypes;

use crate::choice::FileType;

/// The two rules about files, for a group or for oneself.
#[derive(Debug, Args)]
pub struct AttachmentArgs {
    /// Size of the largest file that may be sent, in MB.
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub attachment_mb: Option<u32>,
    /// Types of files that may be sent, with commas between them; what is in a file decides, not its name.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "TYPES")]
    pub attachment_types: Vec<FileType>,
    /// Let no file be sent.
    #[arg(long, conflicts_with_all = ["attachment_mb", "attachment_types"])]
    pub no_attachments: bool,
}

impl AttachmentArgs {
    /// The types that were named; absent leaves them as they are.
    pub fn types(&self) -> Option<AttachmentTypes> {
        if self.no_attachments {
            return Some(AttachmentTypes::NONE);
        }
        (!self.attachment_types.is_empty()).then(|| self.attachment_types.iter().map(|of| (*of).into()).collect())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use sotto_client::view::AttachmentType;

    use super::*;
    use crate::args::{Cli, Command, FleetCommand, RulesCommand};
    use crate::choice::Switch;

    const GROUP: [&str; 4] = ["sotto", "fleet", "set-group", "Training"];

    fn group(more: &[&str]) -> Option<crate::args::GroupArgs> {
        let Command::Fleet(FleetCommand::SetGroup(args)) = Cli::try_parse_from(GROUP.iter().chain(more)).ok()?.command else { return None };
        Some(args)
    }

    #[test]
    fn a_group_says_a_size_and_types() {
        let args = group(&["--attachment-mb", "5", "--attachment-types", "pdf,image"]).unwrap();
        let two: AttachmentTypes = [AttachmentType::Image, AttachmentType::Pdf].into_iter().collect();
        assert_eq!((args.attachments.attachment_mb, args.attachments.types()), (Some(5), Some(two)));
        assert_eq!(group(&[]).unwrap().attachments.types(), None);
        assert_eq!(group(&["--no-attachments"]).unwrap().attachments.types(), Some(AttachmentTypes::NONE));
        for wrong in [
            ["--attachment-mb", "0"].as_slice(),
            &["--attachment-mb", "101"],
            &["--attachment-types", "program"],
            &["--attachment-types", ""],
            &["--no-attachments", "--attachment-types", "pdf"],
            &["--no-attachments", "--attachment-mb", "5"],
        ] {
            assert!(group(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn a_person_says_the_same_for_themselves() {
        let typed = ["sotto", "rules", "set", "--attachment-mb", "1", "--attachment-types", "image"];
        let Command::Rules(rules) = Cli::try_parse_from(typed).unwrap().command else { panic!("not rules") };
        let Some(RulesCommand::Set(own)) = rules.command else { panic!("not set") };
        let image: AttachmentTypes = [AttachmentType::Image].into_iter().collect();
        assert_eq!((own.attachments.attachment_mb, own.attachments.types()), (Some(1), Some(image)));
        let protect = ["sotto", "rules", "set", "--content-protection", "off"];
        assert!(Cli::try_parse_from(protect).is_err(), "only a group lets that off");
    }

    #[test]
    fn a_group_lets_the_windows_protection_off_or_asks_for_it() {
        assert_eq!(group(&["--content-protection", "off"]).unwrap().content_protection, Some(Switch::Off));
        assert_eq!(group(&["--content-protection", "on"]).unwrap().content_protection, Some(Switch::On));
        assert!(group(&["--content-protection", "maybe"]).is_none());
    }
}
