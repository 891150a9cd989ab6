#include "tests/oracle/lp.hpp"

#include <cmath>
#include <glpk.h>
#include <stdexcept>

namespace oracle {
namespace {

// Tighter than GLPK's 1e-7: what is compared is 1e-6 A.
constexpr double tolerance = 1e-9;
constexpr int most_pivots = 20'000;

int kind_of(double low, double high)
{
    bool const has_low = std::isfinite(low);
    bool const has_high = std::isfinite(high);
    if (has_low && has_high) return low < high ? GLP_DB : GLP_FX;
    if (has_low) return GLP_LO;
    return has_high ? GLP_UP : GLP_FR;
}

int number(std::size_t index) { return static_cast<int>(index) + 1; }

void set_matrix_row(glp_prob* problem, int row, std::span<double const> coefficients)
{
    // GLPK counts from 1 and ignores the first element.
    std::vector<int> columns{0};
    std::vector<double> values{0};
    for (std::size_t i = 0; i < coefficients.size(); ++i) {
        if (coefficients[i] == 0) continue;
        columns.push_back(number(i));
        values.push_back(coefficients[i]);
    }
    int const count = static_cast<int>(columns.size()) - 1;
    glp_set_mat_row(problem, row, count, columns.data(), values.data());
}

}

Lp::Lp() : problem_(glp_create_prob())
{
    glp_term_out(GLP_OFF);
    glp_set_obj_dir(problem_, GLP_MAX);
}

Lp::~Lp() { glp_delete_prob(problem_); }

std::size_t Lp::add_column(double low, double high)
{
    int const column = glp_add_cols(problem_, 1);
    auto const index = static_cast<std::size_t>(column - 1);
    set_column(index, low, high);
    return index;
}

void Lp::set_column(std::size_t column, double low, double high)
{
    glp_set_col_bnds(problem_, number(column), kind_of(low, high), low, high);
}

std::size_t Lp::add_row(std::span<double const> coefficients, double low, double high)
{
    int const row = glp_add_rows(problem_, 1);
    auto const index = static_cast<std::size_t>(row - 1);
    set_row(index, low, high);
    set_matrix_row(problem_, row, coefficients);
    return index;
}

void Lp::set_row(std::size_t row, double low, double high)
{
    glp_set_row_bnds(problem_, number(row), kind_of(low, high), low, high);
}

void Lp::set_coefficients(std::size_t row, std::span<double const> coefficients)
{
    set_matrix_row(problem_, number(row), coefficients);
}

bool Lp::run(int method)
{
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.meth = method;
    parameters.tol_bnd = tolerance;
    parameters.tol_dj = tolerance;
    parameters.it_lim = most_pivots;
    ++solved_;
    return glp_simplex(problem_, &parameters) == 0 && glp_get_status(problem_) == GLP_OPT;
}

std::optional<double> Lp::maximise(std::size_t column)
{
    if (objective_) glp_set_obj_coef(problem_, number(*objective_), 0);
    objective_ = column;
    glp_set_obj_coef(problem_, number(column), 1);
    // From where the last solution stood; if that fails, from nothing.
    if (!run(GLP_DUALP)) {
        glp_std_basis(problem_);
        if (!run(GLP_PRIMAL)) return {};
    }
    return glp_get_obj_val(problem_);
}

double Lp::value(std::size_t column) const { return glp_get_col_prim(problem_, number(column)); }

std::vector<bool> best_set(Knapsack const& knapsack)
{
    std::unique_ptr<glp_prob, decltype(&glp_delete_prob)> const problem{
        glp_create_prob(), &glp_delete_prob};
    glp_term_out(GLP_OFF);
    glp_set_obj_dir(problem.get(), GLP_MAX);
    for (double const gain : knapsack.gain) {
        int const column = glp_add_cols(problem.get(), 1);
        glp_set_col_kind(problem.get(), column, GLP_BV);
        glp_set_obj_coef(problem.get(), column, gain);
    }
    for (std::size_t row = 0; row < knapsack.weights.size(); ++row) {
        int const added = glp_add_rows(problem.get(), 1);
        glp_set_row_bnds(problem.get(), added, GLP_UP, 0, knapsack.capacity[row]);
        set_matrix_row(problem.get(), added, knapsack.weights[row]);
    }
    glp_iocp parameters;
    glp_init_iocp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.presolve = GLP_ON;
    parameters.tol_obj = tolerance;
    if (glp_intopt(problem.get(), &parameters) != 0 || glp_mip_status(problem.get()) != GLP_OPT)
        throw std::runtime_error("GLPK finds no best set");
    std::vector<bool> chosen;
    for (std::size_t item = 0; item < knapsack.gain.size(); ++item)
        chosen.push_back(glp_mip_col_val(problem.get(), number(item)) > 0.5);
    return chosen;
}

}
