//! How often somebody may ask: a bucket of tokens for each, in bounded memory.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

use crate::limits::Rate;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

/// Buckets by key.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    capacity: usize,
    buckets: Mutex<HashMap<K, Bucket>>,
}

impl<K: Hash + Eq> Buckets<K> {
    /// Remembers at most `capacity` keys.
    pub fn new(rate: Rate, capacity: usize) -> Self {
        Self { rate, capacity, buckets: Mutex::default() }
    }

    /// Takes a token; `false` if there is none. When too many keys are remembered and none of them is at rest, new ones get none.
    pub fn take(&self, key: K, now: Instant) -> bool {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= self.capacity && !buckets.contains_key(&key) {
            // A bucket that is full again says nothing that a new one would not.
            buckets.retain(|_, bucket| self.filled(bucket, now) < self.rate.burst);
            if buckets.len() >= self.capacity {
                return false;
            }
        }
        let bucket = buckets.entry(key).or_insert(Bucket { tokens: self.rate.burst, at: now });
        bucket.tokens = self.filled(bucket, now);
        bucket.at = now;
        let taken = bucket.tokens >= 1.0;
        if taken {
            bucket.tokens -= 1.0;
        }
        taken
    }

    fn filled(&self, bucket: &Bucket, now: Instant) -> f64 {
        let seconds = now.saturating_duration_since(bucket.at).as_secs_f64();
        seconds.mul_add(self.rate.per_second, bucket.tokens).min(self.rate.burst)
    }
}

/// Whom an address counts as: an IPv4 address itself, of an IPv6 address the /64 that one customer has.
pub fn address_key(ip: IpAddr) -> [u8; 16] {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => (u128::from(v6) & (u128::MAX << 64)).to_be_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const RATE: Rate = Rate { burst: 2.0, per_second: 1.0 };

    #[test]
    fn a_burst_passes_and_then_the_rate_holds() {
        let (buckets, start) = (Buckets::new(RATE, 9), Instant::now());
        assert_eq!([(); 3].map(|()| buckets.take(1, start)), [true, true, false]);
        assert!(buckets.take(2, start));
        let later = start + Duration::from_secs(1);
        assert_eq!([(); 2].map(|()| buckets.take(1, later)), [true, false]);
    }

    #[test]
    fn memory_is_bounded_and_those_at_rest_are_forgotten() {
        let (buckets, start) = (Buckets::new(RATE, 2), Instant::now());
        assert!(buckets.take(1, start) && buckets.take(2, start));
        assert!(!buckets.take(3, start));
        assert!(buckets.take(3, start + Duration::from_secs(5)));
        assert_eq!(buckets.buckets.lock().unwrap().len(), 1);
    }

    #[test]
    fn one_customer_of_ipv6_is_one_key() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:3::4"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::"), key("2001:db8:1:3::"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}
