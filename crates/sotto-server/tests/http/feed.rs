//! What a feed brings: everything, once, in order, wherever it begins, and nothing after its end.

use sotto_protocol::ErrorCode;
use sotto_protocol::feed::Frame;

use super::append::stamp;
use super::support::{Clinic, OpenFeed, Person, Seen, Thread, pinned};

/// A log with joins, removals and several threads; ana sees everything of hers.
async fn busy(clinic: &Clinic) -> [Person; 3] {
    let [ana, ben, cleo] = clinic.people().await;
    let (one, two) = (Thread::make(), Thread::make());
    ana.append(clinic, &[one.key(&ana, 1, &[&ana, &ben]), one.event(&ana, 1), two.key(&ana, 1, &[&ana])]).await;
    cleo.append(clinic, &[Thread::make().key(&cleo, 1, &[&cleo])]).await;
    ben.append(clinic, &[one.event(&ben, 1)]).await;
    ana.append(clinic, &[two.event(&ana, 1), one.key(&ana, 2, &[&ana]), one.event(&ana, 2)]).await;
    ana.append(clinic, &[one.key(&ana, 3, &[&ana, &ben, &cleo]), one.event(&ana, 3)]).await;
    [ana, ben, cleo]
}

#[tokio::test]
async fn a_feed_resumed_anywhere_brings_the_same_sequence() {
    let clinic = Clinic::found().await;
    let people = busy(&clinic).await;
    for (person, positions) in people.iter().zip([vec![1, 2, 3, 5, 6, 7, 8, 9, 10], vec![1, 2, 5, 7, 9, 10], vec![4, 9, 10]]) {
        let (whole, head) = person.feed(&clinic, 0).await.catch_up().await;
        assert_eq!(head, 10);
        assert!(whole.iter().map(|seen| seen.stamp.position).eq(positions));
        for after in 0..=head {
            let (rest, head) = person.feed(&clinic, after).await.catch_up().await;
            let expected: Vec<Seen> = whole.iter().filter(|seen| seen.stamp.position > after).cloned().collect();
            assert_eq!((rest, head), (expected, 10));
        }
    }
}

#[tokio::test]
async fn what_is_live_follows_the_backlog_without_a_gap_and_each_reader_gets_their_own_box() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    let mut feeds = [ana.feed(&clinic, 0).await, ben.feed(&clinic, 0).await];
    for feed in &mut feeds {
        assert_eq!(feed.catch_up().await, (vec![], 0));
    }
    let key = thread.key(&ana, 1, &[&ana, &ben]);
    let stored = stamp(&ana.append(&clinic, std::slice::from_ref(&key)).await[0]);
    for (feed, person) in feeds.iter_mut().zip([&ana, &ben]) {
        let own = key.1.iter().find(|(account, _)| *account == person.account).map(|(_, bytes)| bytes.to_vec());
        assert_eq!(feed.entry().await, Seen { stamp: stored, entry: key.0.to_vec(), key_box: own });
    }
    // Half of what follows arrives live at a feed that was opened meanwhile.
    let mut late: Option<OpenFeed> = None;
    for n in 0..40 {
        ana.append(&clinic, &[thread.event(&ana, 1)]).await;
        if n == 20 {
            late = Some(ben.feed(&clinic, 0).await);
        }
    }
    let removal = thread.key(&ana, 2, &[&ana]);
    ana.append(&clinic, &[removal.clone(), thread.event(&ana, 2)]).await;
    let mut late = late.unwrap();
    for position in 1..=42 {
        let seen = late.entry().await;
        assert_eq!(seen.stamp.position, position);
        if position == 42 {
            assert_eq!((seen.entry, seen.key_box), (removal.0.to_vec(), None), "who is removed sees it, without a box");
        }
    }
    assert_eq!(feeds[0].entry().await.stamp.position, 2);
    let head = ben.feed(&clinic, 42).await.catch_up().await;
    assert_eq!(head, (vec![], 43), "and nothing after it");
}

#[tokio::test]
async fn a_reader_who_falls_behind_loses_nothing() {
    let clinic = Clinic::found().await;
    let [mut ana] = clinic.people().await;
    // A client that takes little ahead of its reader, on a connection with room for its other requests.
    let windows = pinned(clinic.dir.path()).http2_initial_stream_window_size(65_535).http2_initial_connection_window_size(1 << 20);
    ana.client = windows.build().unwrap();
    let thread = Thread::make();
    let mut feed = ana.feed(&clinic, 0).await;
    feed.catch_up().await;
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana])]).await;
    // More than all buffers on the way hold: the feed drops what waits and reads the store instead.
    for _ in 0..8 {
        let entries: Vec<_> = (0..256).map(|_| thread.event(&ana, 1)).collect();
        ana.append(&clinic, &entries).await;
    }
    for position in 1..=8 * 256 + 1 {
        assert_eq!(feed.entry().await.stamp.position, position);
    }
    let metrics = clinic.client().get(clinic.ops_url("/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(metrics.contains("sotto_feeds_behind_total 1"), "{metrics}");
}

#[tokio::test]
async fn a_revoked_device_is_cut_off_mid_feed_and_its_share_is_gone() {
    let clinic = Clinic::found().await;
    let [ana, ben, cleo] = clinic.people().await;
    assert_eq!(ben.get(&clinic, "/v1/share").await.status(), 200);
    let mut feeds = Vec::new();
    for person in [&ana, &ben, &cleo] {
        let mut feed = person.feed(&clinic, 0).await;
        feed.catch_up().await;
        feeds.push(feed);
    }
    ana.revoke(&clinic, 1, vec![(cleo.account, 1)], vec![ben.device]).await.unwrap();
    assert_eq!(feeds[1].next_of_log().await, Some(Frame::End { code: ErrorCode::DeviceRevoked }));
    assert_eq!(feeds[1].next().await, None);
    assert_eq!(feeds[2].next_of_log().await, Some(Frame::End { code: ErrorCode::AccountRevoked }));
    assert_eq!(feeds[0].next().await, Some(Frame::Directory { version: 18 }));
    for target in ["/v1/share", "/v1/feed?after=0", "/v1/directory?after=0"] {
        assert_eq!(super::support::code(ben.get(&clinic, target).await).await, (403, ErrorCode::DeviceRevoked));
        assert_eq!(super::support::code(cleo.get(&clinic, target).await).await, (403, ErrorCode::AccountRevoked));
    }
}

#[tokio::test]
async fn a_stop_ends_feeds_with_a_frame_and_loses_no_append() {
    let mut clinic = Clinic::found().await;
    let [ana] = clinic.people().await;
    let thread = Thread::make();
    let mut feed = ana.feed(&clinic, 0).await;
    feed.catch_up().await;
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana])]).await;
    clinic.stop().await;
    assert_eq!(feed.entry().await.stamp.position, 1);
    assert_eq!(feed.next_of_log().await, Some(Frame::End { code: ErrorCode::ServerBusy }));
    clinic.restart().await;
    assert_eq!(ana.feed(&clinic, 0).await.catch_up().await.0.len(), 1);
}

#[tokio::test]
async fn a_range_is_read_by_members_and_ends_with_its_last_position() {
    let clinic = Clinic::found().await;
    let [ana, ben] = clinic.people().await;
    let thread = Thread::make();
    ana.append(&clinic, &[thread.key(&ana, 1, &[&ana]), thread.event(&ana, 1), thread.key(&ana, 2, &[&ana, &ben])]).await;
    let range = async |query: &str| {
        let sent = ben.get(&clinic, &format!("/v1/threads/{}/entries{query}", thread.0)).await;
        assert_eq!(sent.status(), 200);
        let (seen, position) = OpenFeed::new(sent).catch_up().await;
        (seen.iter().map(|seen| (seen.stamp.seq, seen.key_box.is_some())).collect::<Vec<_>>(), position)
    };
    assert_eq!(range("").await, (vec![(1, false), (2, false), (3, true)], 3));
    assert_eq!(range("?from=2&to=2").await, (vec![(2, false)], 2));
    assert_eq!(range("?from=4").await, (vec![], 0));
}
