// A linear program that is solved again and again with small changes: GLPK behind four verbs.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

struct glp_prob;  // GLPK's own name

namespace oracle {

// maximise one column, subject to bounds of columns and rows. Columns and rows are numbered from 0.
class Lp {
public:
    Lp();
    ~Lp();
    Lp(Lp const&) = delete;
    Lp& operator=(Lp const&) = delete;

    std::size_t add_column(double low, double high);
    // Both infinities of double are allowed as bounds, here and in set_row().
    void set_column(std::size_t column, double low, double high);

    // Sum of coefficient x column, one coefficient per column.
    std::size_t add_row(std::span<double const> coefficients, double low, double high);
    void set_row(std::size_t row, double low, double high);
    void set_coefficients(std::size_t row, std::span<double const> coefficients);

    // The greatest value of the column; nothing if there is none.
    std::optional<double> maximise(std::size_t column);
    double value(std::size_t column) const;

    std::size_t solved() const { return solved_; }

private:
    bool run(int method);

    glp_prob* problem_;
    std::optional<std::size_t> objective_{};
    std::size_t solved_ = 0;
};

// A 0/1 program: the set of largest total gain whose total weight fits in every row; exact for
// whole gains below 2^20.
struct Knapsack {
    std::vector<double> gain{};
    std::vector<std::vector<double>> weights{};  // per row, per item
    std::vector<double> capacity{};              // per row
};

std::vector<bool> best_set(Knapsack const& knapsack);

}
