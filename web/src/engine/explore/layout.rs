//! Where tables stand: what is referred to left of what refers to it, in columns; parts of the graph that
//! do not hang together one beside the other.
//!
//! All in whole numbers, and ties go to what comes first: the same tables and relations give the same
//! places on every machine, whichever side they are on.

/// The width and height of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// The width.
    pub width: i32,
    /// The height.
    pub height: i32,
}

/// The upper left corner of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// The left edge.
    pub x: i32,
    /// The upper edge.
    pub y: i32,
}

/// Between columns there is room for lines.
const BESIDE: i32 = 72;
/// Between tables of a column.
const BELOW: i32 = 18;
/// Between parts that do not hang together.
const APART: i32 = 40;
/// How often columns are put in the order of their neighbours.
const SWEEPS: usize = 6;

/// A part of the graph, laid out by itself.
struct Block {
    spots: Vec<(usize, Spot)>,
    size: Size,
}

/// The places of tables; edges lead from what refers to what it refers to.
pub(super) fn layout(sizes: &[Size], edges: &[(usize, usize)]) -> Vec<Spot> {
    let inside = |at: &usize| *at < sizes.len();
    let mut parents = vec![Vec::new(); sizes.len()];
    let mut children = vec![Vec::new(); sizes.len()];
    for (from, to) in edges.iter().filter(|(from, to)| from != to && inside(from) && inside(to)) {
        parents[*from].push(*to);
        children[*to].push(*from);
    }
    for list in parents.iter_mut().chain(&mut children) {
        list.sort_unstable();
        list.dedup();
    }
    let depths = depths(&parents, &children);
    let blocks = parts(&parents, &children).into_iter().map(|members| {
        let mut layers: Vec<Vec<usize>> = Vec::new();
        for member in members {
            let depth = depths[member];
            layers.resize(layers.len().max(depth + 1), Vec::new());
            layers[depth].push(member);
        }
        layers.retain(|layer| !layer.is_empty());
        order(&mut layers, &parents, &children);
        block(&layers, sizes)
    });
    let mut spots = vec![Spot::default(); sizes.len()];
    for (at, spot) in pack(blocks.collect()) {
        spots[at] = spot;
    }
    spots
}

/// What hangs together, the largest part first; what has no relation at all is one part, the last.
fn parts(parents: &[Vec<usize>], children: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; parents.len()];
    let (mut found, mut alone) = (Vec::new(), Vec::new());
    for start in 0..parents.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let (mut members, mut at) = (vec![start], 0);
        while let Some(member) = members.get(at).copied() {
            for next in parents[member].iter().chain(&children[member]) {
                if !std::mem::replace(&mut seen[*next], true) {
                    members.push(*next);
                }
            }
            at += 1;
        }
        members.sort_unstable();
        if members.len() > 1 { found.push(members) } else { alone.extend(members) }
    }
    // The sort is stable: equally large ones stay in the order of their first tables.
    found.sort_by_key(|members: &Vec<usize>| std::cmp::Reverse(members.len()));
    found.extend((!alone.is_empty()).then_some(alone));
    found
}

/// How many steps lead down from a table that refers to none. An edge that closes a circle does not count.
fn depths(parents: &[Vec<usize>], children: &[Vec<usize>]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        Open,
        Done,
    }
    let mut seen = vec![Seen::Never; parents.len()];
    let mut depths = vec![0_usize; parents.len()];
    for start in 0..parents.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        seen[start] = Seen::Open;
        let mut open = vec![(start, 0)];
        while let Some((at, next)) = open.last_mut() {
            let at = *at;
            if let Some(parent) = parents[at].get(*next).copied() {
                *next += 1;
                if seen[parent] == Seen::Never {
                    seen[parent] = Seen::Open;
                    open.push((parent, 0));
                }
            } else {
                let done = parents[at].iter().filter(|parent| seen[**parent] == Seen::Done);
                depths[at] = done.map(|parent| depths[*parent] + 1).max().unwrap_or(0);
                seen[at] = Seen::Done;
                open.pop();
            }
        }
    }
    // What refers to nothing stands beside what refers to it.
    for at in (0..parents.len()).filter(|at| parents[*at].is_empty()) {
        let nearest = children[at].iter().map(|child| depths[*child]).min();
        depths[at] = nearest.map_or(0, |depth| depth.saturating_sub(1));
    }
    depths
}

/// Puts each layer in the order of what its tables lead to, there and back.
fn order(layers: &mut [Vec<usize>], parents: &[Vec<usize>], children: &[Vec<usize>]) {
    let mut place = vec![0; parents.len()];
    let number = |layer: &[usize], place: &mut Vec<usize>| {
        for (at, member) in layer.iter().enumerate() {
            // A place in a layer of whatever length, between 0 and 10,000.
            place[*member] = (2 * at + 1) * 5000 / layer.len();
        }
    };
    for layer in layers.iter() {
        number(layer, &mut place);
    }
    for sweep in 0..SWEEPS {
        let there = sweep % 2 == 0;
        for step in 0..layers.len() {
            let at = if there { step } else { layers.len() - 1 - step };
            let near = if there { parents } else { children };
            let middle = |member: &usize| {
                let mut places: Vec<usize> = near[*member].iter().map(|n| place[*n]).collect();
                places.sort_unstable();
                places.get(places.len() / 2).copied().unwrap_or(place[*member])
            };
            layers[at].sort_by_cached_key(|member| (middle(member), place[*member]));
            number(&layers[at], &mut place);
        }
    }
}

/// Lays layers out as columns; a layer that is too high takes several.
fn block(layers: &[Vec<usize>], sizes: &[Size]) -> Block {
    let all = || layers.iter().flatten().map(|at| sizes[*at]);
    let area: i64 = all().map(|s| i64::from(s.width + BESIDE) * i64::from(s.height + BELOW)).sum();
    let tallest = all().map(|size| size.height).max().unwrap_or(0);
    let limit = tallest.max(root(area));
    let mut columns: Vec<(Vec<usize>, Size)> = Vec::new();
    for layer in layers {
        let mut column: (Vec<usize>, Size) = Default::default();
        for at in layer {
            let size = sizes[*at];
            if !column.0.is_empty() && column.1.height + BELOW + size.height > limit {
                columns.push(std::mem::take(&mut column));
            }
            let gap = if column.0.is_empty() { 0 } else { BELOW };
            column.1.height += gap + size.height;
            column.1.width = column.1.width.max(size.width);
            column.0.push(*at);
        }
        columns.push(column);
    }
    let height = columns.iter().map(|(_, size)| size.height).max().unwrap_or(0);
    let (mut x, mut spots) = (0, Vec::new());
    for (members, size) in columns {
        let mut y = (height - size.height) / 2;
        for at in members {
            spots.push((at, Spot { x, y }));
            y += sizes[at].height + BELOW;
        }
        x += size.width + BESIDE;
    }
    Block { spots, size: Size { width: (x - BESIDE).max(0), height } }
}

/// Puts the parts into rows, about as wide as a screen is against its height.
fn pack(blocks: Vec<Block>) -> Vec<(usize, Spot)> {
    let area = blocks
        .iter()
        .map(|block| i64::from(block.size.width + APART) * i64::from(block.size.height + APART));
    let wide = root(area.sum::<i64>() * 16 / 9);
    let wide = blocks.iter().map(|block| block.size.width).max().unwrap_or(0).max(wide);
    let (mut x, mut y, mut row) = (0, 0, 0);
    let mut spots = Vec::new();
    for block in blocks {
        if x > 0 && x + block.size.width > wide {
            (x, y, row) = (0, y + row + APART, 0);
        }
        let moved = |(at, spot): (usize, Spot)| (at, Spot { x: spot.x + x, y: spot.y + y });
        spots.extend(block.spots.into_iter().map(moved));
        x += block.size.width + APART;
        row = row.max(block.size.height);
    }
    spots
}

/// The square root, without its fraction.
fn root(area: i64) -> i32 {
    i32::try_from(area.max(0).isqrt()).unwrap_or(i32::MAX / 4)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    const TABLE: Size = Size { width: 100, height: 40 };

    #[test]
    fn what_is_referred_to_stands_left() {
        // 0 → 1 → 2, 3 → 2, 4 alone
        let spots = layout(&[TABLE; 5], &[(0, 1), (1, 2), (3, 2)]);
        assert!(spots[2].x < spots[1].x && spots[1].x < spots[0].x);
        assert_eq!(spots[1].x, spots[3].x);
        assert!(spots[4].x > spots[0].x || spots[4].y > spots[0].y);
    }

    #[test]
    fn circles_and_references_to_itself_end() {
        let spots = layout(&[TABLE; 3], &[(0, 1), (1, 2), (2, 0), (1, 1), (7, 0)]);
        assert_eq!(spots.len(), 3);
        assert!(layout(&[], &[]).is_empty());
    }

    #[test]
    fn a_table_that_all_refer_to_makes_no_tower() {
        let edges: Vec<(usize, usize)> = (1..100).map(|at| (at, 0)).collect();
        let spots = layout(&[TABLE; 100], &edges);
        let (width, height) = extent(&spots);
        assert!(width < 4 * height && height < 2 * width, "{width} × {height}");
    }

    #[test]
    fn thousands_of_tables_take_no_time() {
        let edges: Vec<(usize, usize)> =
            (1..3000).flat_map(|at| [(at, at / 3), (at, at * 7919 % 3000)]).collect();
        let started = Instant::now();
        assert_eq!(layout(&vec![TABLE; 3000], &edges).len(), 3000);
        let took = started.elapsed();
        assert!(took.as_secs() < 3, "{took:?}");
    }

    fn extent(spots: &[Spot]) -> (i32, i32) {
        let width = spots.iter().map(|spot| spot.x + TABLE.width).max().unwrap_or(0);
        (width, spots.iter().map(|spot| spot.y + TABLE.height).max().unwrap_or(0))
    }

    fn any_graph() -> impl Strategy<Value = (Vec<Size>, Vec<(usize, usize)>)> {
        (1..60_usize).prop_flat_map(|tables| {
            let size = (40..300, 20..200).prop_map(|(width, height)| Size { width, height });
            (vec(size, tables), vec((0..tables, 0..tables), 0..120))
        })
    }

    proptest! {
        #[test]
        fn no_table_lies_on_another((sizes, edges) in any_graph()) {
            let spots = layout(&sizes, &edges);
            let places: Vec<(Spot, Size)> = spots.into_iter().zip(sizes).collect();
            for (at, (a, a_size)) in places.iter().enumerate() {
                prop_assert!(a.x >= 0 && a.y >= 0);
                for (b, b_size) in &places[..at] {
                    let beside = a.x + a_size.width <= b.x || b.x + b_size.width <= a.x;
                    let below = a.y + a_size.height <= b.y || b.y + b_size.height <= a.y;
                    prop_assert!(beside || below, "{a:?} {b:?}");
                }
            }
        }

        #[test]
        fn the_order_of_relations_changes_nothing((sizes, edges) in any_graph()) {
            let mut turned = edges.clone();
            turned.reverse();
            turned.extend(edges.first());
            prop_assert_eq!(layout(&sizes, &edges), layout(&sizes, &turned));
        }
    }
}
